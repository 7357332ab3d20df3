using System.Xml.Linq;

namespace Parking.Architecture.Tests;

/// <summary>Which project may reference which: read from the project files, so that an arrow that nobody uses yet is found too.</summary>
public sealed class ProjectTests
{
    /// <summary>
    /// Every project of <c>src</c> with the projects that it references. A new arrow is written down here first, and points downward.
    /// </summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Tariffs"] = [],
        ["Codes"] = [],
        ["QrReader"] = [],
        ["GateProtocol"] = [],
        ["Contracts"] = ["GateProtocol"],
        ["Parking"] = ["Codes", "GateProtocol", "Tariffs"],
        ["Stores"] = ["Parking"],
        ["BackOffice"] = ["Parking"],
        ["Pages"] = ["Contracts"],
        ["DevelopmentSignIn"] = [],
        ["ParkingApi"] = ["BackOffice", "Codes", "Contracts", "GateProtocol", "Pages", "Parking", "Stores", "Tariffs"],
        ["GateProgram"] = ["Codes", "GateProtocol"],
        ["Optics"] = ["Codes", "QrReader"],
        ["Simulation"] = ["Codes", "GateProgram", "GateProtocol", "Optics"],
        ["DriverProxy"] = [],
        ["ScannerSim"] = ["DriverProxy", "GateProgram", "GateProtocol", "Optics", "QrReader", "Simulation"],
    };

    public static TheoryData<string> Projects => [.. Arrows.Keys];

    [Fact]
    public void Projects_AreThoseThatAreKnownHere() =>
        Assert.Equal(Arrows.Keys.Order(), Directory.GetDirectories(Source.Folder).Select(folder => Path.GetFileName(folder)).Order());

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_ReferencesWhatIsWrittenDown(string project) => Assert.Equal(Arrows[project].Order(), ReferencesOf(project).Order());

    [Fact]
    public void Projects_FormNoCircle()
    {
        var left = Arrows.Keys.ToDictionary(project => project, project => ReferencesOf(project).ToHashSet());
        while (left.Where(project => project.Value.Count == 0).Select(project => project.Key).ToList() is { Count: > 0 } free)
        {
            foreach (var project in free)
            {
                left.Remove(project);
            }

            foreach (var references in left.Values)
            {
                references.ExceptWith(free);
            }
        }

        Assert.Empty(left.Keys);
    }

    /// <summary>A project that is only built first, and not referenced, is a process to start and no arrow.</summary>
    private static IEnumerable<string> ReferencesOf(string project) =>
        XDocument.Load(Path.Combine(Source.Folder, project, $"{project}.csproj")).Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));
}
