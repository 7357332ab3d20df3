namespace Parking.Api.Hosting.Files;

/// <summary>The folder that holds what the service itself keeps: the embedded store, the key ring, the secrets it made.</summary>
internal sealed class DataFolder
{
    private readonly string _path;

    private DataFolder(string path) => _path = path;

    /// <summary>The folder that <c>Data:Folder</c> names (default <c>App_Data</c>, for a simulation one of its own), below the content root if it is relative. Made, for this user alone, if it is missing.</summary>
    public static DataFolder Open(IConfiguration configuration, IHostEnvironment environment)
    {
        var usual = environment.IsSimulation() ? SimulationMode.DefaultFolder : "App_Data";
        var path = Path.Combine(environment.ContentRootPath, configuration["Data:Folder"] is { Length: > 0 } named ? named : usual);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new(path);
    }

    /// <summary>A file's full path in this folder.</summary>
    public string PathOf(string file) => Path.Combine(_path, file);
}
