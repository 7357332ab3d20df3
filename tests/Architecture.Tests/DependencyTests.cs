using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace Parking.Architecture.Tests;

/// <summary>What each project may know of: read from what the compiler made of it.</summary>
public sealed class DependencyTests
{
    private static readonly ArchUnitNET.Domain.Architecture Built = new ArchLoader()
        .LoadAssemblies([.. ProjectTests.Projects.Select(project => Source.AssemblyOf(project))])
        .Build();

    [Theory]
    [MemberData(nameof(ProjectTests.Projects), MemberType = typeof(ProjectTests))]
    public void TopFolders_OfAProject_FormNoCircle(string project)
    {
        var arrows = ArrowsBetweenFolders(project);
        var onCircle = arrows.Keys.Where(folder => Reached(arrows, folder).Contains(folder)).Order().ToList();

        Assert.True(
            onCircle.Count == 0,
            $"{project}: these folders know each other in a circle: {string.Join(", ", onCircle)}.{Environment.NewLine}"
            + string.Join(Environment.NewLine, onCircle.SelectMany(folder => arrows[folder]
                .Where(to => onCircle.Contains(to.Key))
                .Select(to => $"  {folder} -> {to.Key}: {to.Value}"))));
    }

    [Theory]
    [InlineData("Parking", "Microsoft.AspNetCore", "StackExchange.Redis", "Microsoft.Data.Sqlite", "SQLitePCLRaw", "System.Console")]
    [InlineData("Parking", "BackOffice", "Dapper", "Npgsql")]
    [InlineData("Stores", "BackOffice", "Dapper", "Npgsql")]
    [InlineData("BackOffice", "Microsoft.AspNetCore", "StackExchange.Redis", "Stores", "System.Console")]
    [InlineData("Contracts", "Parking", "Tariffs", "Microsoft.AspNetCore")]
    [InlineData("Stores", "Microsoft.AspNetCore", "System.Console")]
    [InlineData("GateProgram", "SkiaSharp", "Spectre", "System.CommandLine", "Microsoft.Data.Sqlite", "System.Console")]
    [InlineData("GateProgram", "Optics", "QrReader", "Parking", "Contracts")]
    [InlineData("Optics", "Spectre", "System.CommandLine", "GateProgram", "System.Console")]
    [InlineData("Simulation", "Spectre", "System.CommandLine", "Parking", "Stores", "ParkingApi")]
    [InlineData("ParkingApi", "QrReader", "SkiaSharp", "Spectre", "System.CommandLine")]
    [InlineData("ParkingApi", "OpenIddict", "DevelopmentSignIn")]
    [InlineData("Pages", "Parking", "Stores", "ParkingApi", "Tariffs")]
    [InlineData("ScannerSim", "Parking", "Stores", "ParkingApi")]
    public void Project_NeedsNoneOf(string project, params string[] forbidden) => Assert.DoesNotContain(
        Source.Closure(project), name => forbidden.Any(other => name == other || name.StartsWith($"{other}.", StringComparison.Ordinal)));

    [Fact]
    public void Service_DoesNotAskWhichStoreItHas() => Assert.DoesNotContain(
        ArrowsOf("ParkingApi"),
        arrow => arrow.Contains(" -> Parking.Stores.Redis.", StringComparison.Ordinal)
            || arrow.Contains(" -> Parking.Stores.Sqlite.", StringComparison.Ordinal));

    [Fact]
    public void Service_DoesNotAskWhichBackOfficeItHas() => Assert.DoesNotContain(
        ArrowsOf("ParkingApi"),
        arrow => arrow.Contains(" -> Npgsql.", StringComparison.Ordinal)
            || arrow.Contains(" -> Microsoft.Data.Sqlite.", StringComparison.Ordinal)
            || arrow.Contains(" -> Dapper.", StringComparison.Ordinal));

    /// <summary>People get in and out while SQL is away: what decides at a gate, or makes a code, cannot ask it.</summary>
    [Theory]
    [InlineData("Gates")]
    [InlineData("Codes")]
    [InlineData("Occupancy")]
    public void Folder_AtTheGates_DoesNotKnowTheBackOffice(string folder) => Assert.DoesNotContain(
        ArrowsOf("ParkingApi"),
        arrow => arrow.StartsWith($"Parking.Api.{folder}.", StringComparison.Ordinal)
            && arrow.Contains(" -> Parking.BackOffice.", StringComparison.Ordinal));

    private static IEnumerable<string> ArrowsOf(string project) => TypesOf(project)
        .SelectMany(type => type.Dependencies.Select(dependency => $"{type.FullName} -> {dependency.Target.FullName}"));

    private static IEnumerable<IType> TypesOf(string project)
    {
        var assembly = Source.AssemblyOf(project).FullName;
        return Built.Types.Where(type => type.Assembly?.FullName == assembly);
    }

    /// <summary>
    /// From each top folder to the others that it knows, with one example each. A type in no folder puts the folders together, and is not
    /// one of them.
    /// </summary>
    private static Dictionary<string, Dictionary<string, string>> ArrowsBetweenFolders(string project)
    {
        var root = RootNamespaceOf(project);
        var arrows = new Dictionary<string, Dictionary<string, string>>();
        foreach (var type in TypesOf(project))
        {
            if (FolderOf(type) is not { } from)
            {
                continue;
            }

            var known = arrows.TryGetValue(from, out var before) ? before : arrows[from] = [];
            foreach (var dependency in type.Dependencies)
            {
                if (dependency.Target.Assembly?.FullName == type.Assembly.FullName && FolderOf(dependency.Target) is { } to && to != from)
                {
                    known.TryAdd(to, $"{type.Name} knows {dependency.Target.Name}");
                }
            }
        }

        return arrows;

        string? FolderOf(IType type) => type.Namespace is { } ns && ns.FullName.StartsWith($"{root}.", StringComparison.Ordinal)
            ? ns.FullName[(root.Length + 1)..].Split('.')[0]
            : null;
    }

    private static HashSet<string> Reached(Dictionary<string, Dictionary<string, string>> arrows, string from)
    {
        var reached = new HashSet<string>();
        var waiting = new Queue<string>(arrows[from].Keys);
        while (waiting.TryDequeue(out var folder))
        {
            if (reached.Add(folder))
            {
                foreach (var next in arrows.GetValueOrDefault(folder, []).Keys)
                {
                    waiting.Enqueue(next);
                }
            }
        }

        return reached;
    }

    private static string RootNamespaceOf(string project) => project switch
    {
        "Parking" => "Parking",
        "ParkingApi" => "Parking.Api",
        _ => $"Parking.{project}",
    };
}
