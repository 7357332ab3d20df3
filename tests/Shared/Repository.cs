namespace Parking.Tests;

/// <summary>The checkout in which the tests run. Its files are read in place, so that a new one needs no build.</summary>
internal static class Repository
{
    /// <summary>The folder with <c>Parking.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Parking.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The tests run outside a checkout: no folder above them has Parking.sln.");
    }
}
