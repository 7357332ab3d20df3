namespace Parking.ScannerSim.Tests.Traces;

/// <summary>Tables that lie beside the repository, or beside a folder that it is in, on the machines that have them.</summary>
internal static class SharedData
{
    /// <summary>The tables of a set, by name; skips the test where they are absent.</summary>
    public static IReadOnlyList<string> Events(string set, string pattern)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var found = Path.Combine(folder.FullName, "shared", "data", "events", set);
            if (Directory.Exists(found))
            {
                return [.. Directory.GetFiles(found, pattern).Order(StringComparer.Ordinal)];
            }
        }
        Assert.Skip($"There is no events/{set} in ../shared/data.");
        return [];
    }
}
