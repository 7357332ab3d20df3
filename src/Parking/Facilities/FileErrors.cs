using Parking.Tariffs.Documents;

namespace Parking.Facilities;

/// <summary>What is wrong in one of the city's files.</summary>
/// <param name="File">As the city file names it; the city file itself, as it was asked for.</param>
/// <param name="Errors">At least one.</param>
internal sealed record FileErrors(string File, IReadOnlyList<DocumentError> Errors);
