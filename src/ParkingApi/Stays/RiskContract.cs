using NodaTime;

namespace Parking.Api.Stays;

/// <summary>Money that may not come in.</summary>
/// <param name="AsOf">When it was summed. Open stays count as if they ended then.</param>
/// <param name="Sums">By facility and state.</param>
/// <param name="Unreadable">Timelines that could not be read.</param>
internal sealed record RiskContract(Instant AsOf, IReadOnlyList<RiskSum> Sums, int Unreadable)
{
    public static RiskContract Example { get; } = new(
        Instant.FromUtc(2026, 5, 4, 9, 35, 16),
        [new("hsp", StayState.Provisional, 3, 7500, "CNY", 0), new("hsp", StayState.Uncollectable, 2, 4000, "CNY", 1)],
        0);
}
