namespace Parking.Tests;

/// <summary>Programs on the PATH that some tests need. A test whose program is missing is skipped.</summary>
internal static class InstalledProgram
{
    public static bool Exists(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, name)));
}
