using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.Tariffs;

/// <summary>A rate that was looked at.</summary>
/// <param name="Rate">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Unmet">The condition that does not hold; absent if all do.</param>
/// <param name="Total">What the stay costs by it; absent if it was not priced.</param>
internal sealed record ConsideredRateContract(string Rate, BilingualText Name, UnmetCondition? Unmet, long? Total);
