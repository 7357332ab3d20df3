namespace Parking.Tariffs.Tests.Cases;

/// <summary>Where this repository's files lie. They are read in place, so that a new case needs no build.</summary>
internal static class RepositoryFolders
{
    public static string Root { get; } = FindRoot();

    public static string Cases { get; } = Path.Combine(Root, "tests", "Tariffs.Tests", "Cases");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Parking.sln")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
