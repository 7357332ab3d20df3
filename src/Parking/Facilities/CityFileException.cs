using Parking.Tariffs.Documents;

namespace Parking.Facilities;

/// <summary>
/// The city file, or a file that it names, cannot be used. The message lists everything that is wrong with any of them, so that it takes one attempt to mend.
/// </summary>
internal sealed class CityFileException(params IReadOnlyList<FileErrors> files)
    : Exception($"The city cannot be used ({files.Sum(file => file.Errors.Count)} found):{string.Concat(files.SelectMany(LinesOf))}")
{
    /// <summary>The city file first, then others in the order in which it names them.</summary>
    public IReadOnlyList<FileErrors> Files { get; } = files;

    /// <summary>Those of all files.</summary>
    public IReadOnlyList<DocumentError> Errors { get; } = [.. files.SelectMany(file => file.Errors)];

    private static IEnumerable<string> LinesOf(FileErrors file) => file.Errors.Select(error => $"{Environment.NewLine}  {file.File}: {error}");
}

/// <summary>What is wrong in one of the city's files.</summary>
/// <param name="File">As the city file names it; the city file itself, as it was asked for.</param>
/// <param name="Errors">At least one.</param>
internal sealed record FileErrors(string File, IReadOnlyList<DocumentError> Errors);
