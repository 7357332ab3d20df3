namespace Parking.Tests;

/// <summary>A folder of a test's own, removed when the test is over.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parking-tests-");

    public string Path => _folder.FullName;

    public string PathOf(string file) => System.IO.Path.Combine(Path, file);

    public void Dispose() => _folder.Delete(recursive: true);
}
