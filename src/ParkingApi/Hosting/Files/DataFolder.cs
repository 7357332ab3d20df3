namespace Parking.Api.Hosting.Files;

/// <summary>The folder of the service's own files: the embedded store, the key ring, the secrets that it generated.</summary>
internal sealed class DataFolder
{
    /// <summary>The name of the back office's file, where it is not in PostgreSQL.</summary>
    public const string BackOfficeFile = "backoffice.db";

    private readonly string _path;

    private DataFolder(string path) => _path = path;

    /// <summary>
    /// Opens the folder that <c>Data:Folder</c> names; a relative path starts at the content root. The default is <c>App_Data</c>, and
    /// for a simulation <see cref="SimulationMode.DefaultFolder"/>. A missing folder is created, readable by this user only.
    /// </summary>
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
