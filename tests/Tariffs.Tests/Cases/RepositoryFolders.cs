namespace Parking.Tariffs.Tests.Cases;

/// <summary>Where this repository's files lie. They are read in place, so that a new case needs no build.</summary>
internal static class RepositoryFolders
{
    public static string Root => Repository.Root;

    public static string Cases { get; } = Path.Combine(Root, "tests", "Tariffs.Tests", "Cases");
}
