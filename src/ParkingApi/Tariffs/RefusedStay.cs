using Parking.Contracts;

namespace Parking.Api.Tariffs;

/// <summary>The answer to a line that is no stay: why not. The others are answered all the same.</summary>
/// <param name="Stay">Which line it answers: 1 for the first stay.</param>
/// <param name="Error">What is wrong there.</param>
internal sealed record RefusedStay(long Stay, DocumentError Error);
