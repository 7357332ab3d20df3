using Parking.Tariffs.Documents;

namespace Parking.Api.Facilities;

/// <summary>The city file cannot be used. The message lists everything that is wrong with it, so that it takes one attempt to mend.</summary>
internal sealed class CityFileException(string file, IReadOnlyList<DocumentError> errors)
    : Exception($"The city file {file} cannot be used ({errors.Count} found):{string.Concat(errors.Select(error => $"{Environment.NewLine}  {error}"))}")
{
    public IReadOnlyList<DocumentError> Errors { get; } = errors;
}
