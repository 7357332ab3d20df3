namespace Parking.QrReader.Tests;

/// <summary>Pictures that lie beside the repository on the machines that have them.</summary>
internal static class SharedData
{
    /// <summary>The pictures of a set in the order of their numbers; skips the test where they are absent.</summary>
    public static IReadOnlyList<string> Photos(string set)
    {
        var folder = Path.Combine(RepositoryRoot(), "..", "shared", "data", "qr", set);
        Assert.SkipUnless(Directory.Exists(folder), $"There is no {set} in ../shared/data/qr.");
        return [.. Directory.GetFiles(folder, "*.png").OrderBy(static path => int.Parse(Path.GetFileNameWithoutExtension(path)))];
    }

    /// <summary>The text of the symbol in a picture, byte for byte.</summary>
    public static string ExpectedText(string photo) => File.ReadAllText(Path.ChangeExtension(photo, ".txt"));

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Parking.sln")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
