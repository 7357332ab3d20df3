namespace Parking.Optics.Programs;

/// <summary>Finds programs that are installed on this machine.</summary>
public static class Executable
{
    /// <summary>The path of the first program of this name on the PATH; null if there is none.</summary>
    /// <param name="name">The name without an extension.</param>
    public static string? Find(string name)
    {
        var file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }
}
