using NodaTime;
using Parking.GateProtocol;

namespace Parking.Simulation.Phones;

/// <summary>As much of a quote as the simulator shows and compares.</summary>
/// <param name="Currency">ISO 4217 code; amounts are in its minor unit.</param>
/// <param name="EnteredAt">The entry, to the second.</param>
/// <param name="ExitedAt">The exit, to the second.</param>
/// <param name="Total">The price.</param>
/// <param name="Lines">What it is made of; null where that was not asked for.</param>
public sealed record StayQuote(string Currency, Instant EnteredAt, Instant ExitedAt, long Total, IReadOnlyList<FeeLine>? Lines);
