namespace Parking.Optics.Programs;

/// <summary>A folder of its own under the system's temporary one, for its owner only; gone when disposed.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parking-demo-");

    public string FullPath => _folder.FullName;

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A process that was just ended may still hold a file for a moment; the system clears its temporary folder.
        }
    }
}
