using System.Diagnostics;

namespace Parking.Architecture.Tests;

/// <summary>What holds for every file of the repository.</summary>
public sealed class RepositoryTests
{
    private const int LongestLine = 140;

    private static readonly string[] Kinds = [".cs", ".csproj", ".md", ".props", ".sh"];

    [Fact]
    public async Task Lines_OfAllFiles_AreNotTooLong()
    {
        var root = Path.GetDirectoryName(Source.Folder)!;
        var tracked = (await ListFilesAsync(root)).Where(file => Kinds.Contains(Path.GetExtension(file))).ToList();
        Assert.NotEmpty(tracked);
        var offenders = new List<string>();
        foreach (var file in tracked)
        {
            // A file that was deleted or moved stays in Git's list until that is staged.
            var path = Path.Combine(root, file);
            if (File.Exists(path))
            {
                var lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
                offenders.AddRange(TooLong(lines, Path.GetExtension(file) == ".md").Select(line => $"{file}:{line}"));
            }
        }

        Assert.True(
            offenders.Count == 0, $"{offenders.Count} lines are longer than {LongestLine} characters:\n{string.Join('\n', offenders)}");
    }

    /// <summary>The numbers of lines that are too long. A document's code block may hold a line of data, which cannot be broken.</summary>
    private static IEnumerable<int> TooLong(string[] lines, bool isDocument)
    {
        var isCode = false;
        for (var i = 0; i < lines.Length; i++)
        {
            isCode ^= isDocument && lines[i].StartsWith("```", StringComparison.Ordinal);
            if (!isCode && lines[i].Length > LongestLine)
            {
                yield return i + 1;
            }
        }
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
