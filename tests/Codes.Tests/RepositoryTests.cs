using System.Diagnostics;

namespace Parking.Codes.Tests;

/// <summary>What holds for every file of the repository.</summary>
public class RepositoryTests
{
    private const int LongestLine = 140;

    // How many lines were longer when this check was written. It may only go down; at 0 it can go.
    private const int StillTooLong = 2_751;

    private static readonly string[] Kinds = [".cs", ".csproj", ".md", ".props", ".sh"];

    [Fact]
    public async Task Lines_OfTrackedFiles_AreNotTooLong()
    {
        var root = FindRoot();
        var offenders = new List<(int Lines, string File)>();
        foreach (var file in await ListFilesAsync(root))
        {
            var path = Path.Combine(root, file);

            // A file that was deleted or moved stays in Git's list until that is staged.
            if (Kinds.Contains(Path.GetExtension(file)) && File.Exists(path))
            {
                var text = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
                offenders.Add((text.Count(line => line.Length > LongestLine), file));
            }
        }

        Assert.NotEmpty(offenders);
        offenders.RemoveAll(file => file.Lines == 0);
        var lines = offenders.Sum(file => file.Lines);
        var list = offenders.OrderByDescending(file => file.Lines).Select(file => $"{file.Lines,5} {file.File}");
        Assert.True(lines <= StillTooLong, $"{lines} lines are longer than {LongestLine} characters:\n{string.Join('\n', list)}");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Parking.sln")))
            {
                return folder.FullName;
            }
        }

        Assert.Skip("The tests do not lie in the repository.");
        return "";
    }

    /// <summary>What Git tracks; in a copy without Git, all that was not built.</summary>
    private static async Task<IEnumerable<string>> ListFilesAsync(string root)
    {
        if (!Path.Exists(Path.Combine(root, ".git")))
        {
            return Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(root, path))
                .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj"));
        }

        // The owner of the folder may be another user: in a container, for instance.
        string[] arguments = ["-c", "safe.directory=*", "ls-files", "-z"];
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = root, RedirectStandardOutput = true };
        using var git = Process.Start(start)!;
        var output = await git.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, git.ExitCode);
        return output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }
}
