using System.Reflection;
using DbUp.Builder;
using DbUp.Engine;

namespace Parking.BackOffice.Sql;

/// <summary>
/// The numbered steps from an empty database to the tables of this version: the files in the folder Migrations. A step that was released
/// never changes; new steps are added. The table <c>migrations</c> of a database names those that it has.
/// </summary>
internal static class Migrations
{
    public const string Journal = "migrations";

    /// <summary>Runs the steps that the database lacks, in one transaction.</summary>
    /// <param name="database">The database, with its journal.</param>
    /// <param name="dialect">How it writes the steps.</param>
    /// <param name="name">Names it.</param>
    /// <returns>The steps that were run.</returns>
    /// <exception cref="BackOfficeUnavailableException">A newer version of the service has changed it. It is left as it is.</exception>
    public static IReadOnlyList<string> Run(UpgradeEngineBuilder database, SqlDialect dialect, string name)
    {
        var engine = Engine(database, dialect);
        Refuse(engine.GetExecutedButNotDiscoveredScripts(), name);
        var result = engine.PerformUpgrade();
        return result.Successful
            ? [.. result.Scripts.Select(script => script.Name)]
            : throw new BackOfficeUnavailableException(
                $"The tables of {name} could not be changed by {result.ErrorScript?.Name}: {result.Error.Message}", result.Error);
    }

    /// <summary>Refuses a database that has not exactly the steps of this version.</summary>
    /// <exception cref="BackOfficeUnavailableException">It lacks steps, or has more.</exception>
    public static void Require(UpgradeEngineBuilder database, SqlDialect dialect, string name)
    {
        var engine = Engine(database, dialect);
        Refuse(engine.GetExecutedButNotDiscoveredScripts(), name);
        if (engine.GetScriptsToExecute() is { Count: > 0 } missing)
        {
            throw new BackOfficeUnavailableException(
                $"The tables of {name} are those of an older version, and this role may not change them. Set BackOffice:PostgresOwner "
                    + $"({string.Join(", ", missing.Select(script => script.Name))}).");
        }
    }

    private static void Refuse(IReadOnlyList<string> unknown, string name)
    {
        if (unknown.Count > 0)
        {
            throw new BackOfficeUnavailableException(
                $"The tables of {name} were changed by a newer version of the service ({string.Join(", ", unknown)}). Run that version.");
        }
    }

    private static UpgradeEngine Engine(UpgradeEngineBuilder database, SqlDialect dialect) => database
        .WithScripts(Steps.Select(step => new SqlScript(step.Name, dialect.Write(step.Sql))))
        .WithVariablesDisabled()
        .WithTransaction()
        .LogToNowhere()
        .Build();

    private static IEnumerable<(string Name, string Sql)> Steps
    {
        get
        {
            var assembly = Assembly.GetExecutingAssembly();
            foreach (var name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                yield return (name, reader.ReadToEnd().ReplaceLineEndings("\n"));
            }
        }
    }
}
