namespace Parking.Tests;

/// <summary>
/// Real tables and pictures that lie beside the repository, or beside a folder that it is in, on the machines that have them. A test
/// that needs absent data is skipped.
/// </summary>
internal static class SharedData
{
    /// <summary>The tables of a set, by name.</summary>
    public static IReadOnlyList<string> Events(string set, string pattern) =>
        [.. Directory.GetFiles(Find("events", set), pattern).Order(StringComparer.Ordinal)];

    /// <summary>The pictures of a set, in the order of their numbers.</summary>
    public static IReadOnlyList<string> Photos(string set) =>
        [.. Directory.GetFiles(Find("qr", set), "*.png").OrderBy(NumberOf)];

    /// <summary>The text of the symbol in a picture, byte for byte.</summary>
    public static string ExpectedText(string photo) => File.ReadAllText(Path.ChangeExtension(photo, ".txt"));

    private static int NumberOf(string picture) =>
        int.Parse(Path.GetFileNameWithoutExtension(picture), System.Globalization.CultureInfo.InvariantCulture);

    private static string Find(string kind, string set)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var found = Path.Combine(folder.FullName, "shared", "data", kind, set);
            if (Directory.Exists(found))
            {
                return found;
            }
        }
        Assert.Skip($"There is no {kind}/{set} in ../shared/data.");
        return "";
    }
}
