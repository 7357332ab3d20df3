namespace Parking.Api.Facilities;

/// <summary>One thing that is wrong in a city file.</summary>
/// <param name="Path">Where, as a JSON path: <c>$.facilities[2].capacity</c>.</param>
/// <param name="Problem">What is wrong there.</param>
/// <param name="Expected">What would be right.</param>
internal sealed record CityFileError(string Path, string Problem, string Expected)
{
    public override string ToString() => $"{Path}: {Problem}. Expected: {Expected}.";
}
