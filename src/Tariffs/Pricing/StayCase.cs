using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Pricing;

/// <summary>A stay with everything that a rate's price depends on.</summary>
/// <param name="Entry">The entry, to the second.</param>
/// <param name="Exit">The exit, to the second; within an exit grace, the payment before it.</param>
/// <param name="Percent">The occupancy factor.</param>
/// <param name="Validations">The driver's validations, in the tariff's order, without repetition; null if none.</param>
internal readonly record struct StayCase(long Entry, long Exit, int Percent, Validation[]? Validations);
