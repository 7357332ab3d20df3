namespace Parking.Tariffs.Documents;

/// <summary>An error in a document.</summary>
/// <param name="Path">The place, as a JSON path: <c>$.facilities[2].capacity</c>.</param>
/// <param name="Problem">The error.</param>
/// <param name="Expected">What is expected there.</param>
public sealed record DocumentError(string Path, string Problem, string Expected)
{
    /// <summary>All three as text.</summary>
    public override string ToString() => $"{Path}: {Problem}. Expected: {Expected}.";
}
