namespace Parking.Api.Stays;

/// <summary>A citizen's stays.</summary>
/// <param name="Open">Parked right now, in order of entry.</param>
/// <param name="Recent">Ended within the last 30 days, newest first; their fees without the lines, which <c>/v1/stays/{id}</c> has.</param>
internal sealed record MyStaysContract(IReadOnlyList<StayContract> Open, IReadOnlyList<StayContract> Recent);
