namespace Parking.GateProgram.Journal;

/// <summary>A real folder, for its owner only: codes that nobody has acknowledged yet lie in it.</summary>
public sealed class DiskFolder : IGateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _path;
    private readonly bool _survivesPowerCuts;

    /// <param name="path">Made where it is not.</param>
    /// <param name="survivesPowerCuts">
    /// False leaves it to the system when to write: a killed process loses nothing by that, a machine without power does. For simulations of many gates on one disk.
    /// </param>
    public DiskFolder(string path, bool survivesPowerCuts = true)
    {
        _path = Path.GetFullPath(path);
        _survivesPowerCuts = survivesPowerCuts;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_path);
        }
        else
        {
            Directory.CreateDirectory(_path, OwnerOnly);
        }
    }

    public IReadOnlyList<string> List() => [.. Directory.EnumerateFiles(_path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public IGateFile Open(string name) => new DiskFile(Path.Combine(_path, name), _survivesPowerCuts);

    public void Replace(string name, string replaced) => File.Move(Path.Combine(_path, name), Path.Combine(_path, replaced), overwrite: true);

    public void Delete(string name) => File.Delete(Path.Combine(_path, name));

    public void Flush()
    {
        if (_survivesPowerCuts)
        {
            FolderSync.Flush(_path);
        }
    }

    public string Describe(string name) => Path.Combine(_path, name);
}
