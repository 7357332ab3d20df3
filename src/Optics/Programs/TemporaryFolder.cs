namespace Parking.Optics.Programs;

/// <summary>A new folder in the system's temporary folder that only its owner can read. Disposing deletes it.</summary>
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
            // A process that was just ended may still hold a file open. The system cleans its temporary folder later.
        }
    }
}
