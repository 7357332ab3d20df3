namespace Parking.Contracts;

/// <summary>One thing that is wrong in a document or a line.</summary>
/// <param name="Path">Where, as a JSON path: <c>$.facilities[2].capacity</c>.</param>
/// <param name="Problem">What is wrong there.</param>
/// <param name="Expected">What would be right.</param>
public sealed record DocumentError(string Path, string Problem, string Expected);
