using Parking.Tariffs.Documents;

namespace Parking.Facilities;

/// <summary>
/// The city file, or a file that it names, cannot be used. The message lists all errors in all files, so that one attempt is enough to
/// correct them.
/// </summary>
public sealed class CityFileException(params IReadOnlyList<FileErrors> files)
    : Exception($"The city cannot be used ({files.Sum(file => file.Errors.Count)} found):{string.Concat(files.SelectMany(LinesOf))}")
{
    /// <summary>The city file first, then the others in the order in which it names them.</summary>
    public IReadOnlyList<FileErrors> Files { get; } = files;

    /// <summary>The errors of all files.</summary>
    public IReadOnlyList<DocumentError> Errors { get; } = [.. files.SelectMany(file => file.Errors)];

    private static IEnumerable<string> LinesOf(FileErrors file) =>
        file.Errors.Select(error => $"{Environment.NewLine}  {file.File}: {error}");
}

/// <summary>What is wrong in one of the city's files.</summary>
/// <param name="File">The name by which the city file names it; for the city file itself, the path by which it was opened.</param>
/// <param name="Errors">At least one.</param>
public sealed record FileErrors(string File, IReadOnlyList<DocumentError> Errors);
