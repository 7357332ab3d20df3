using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Pricing;

/// <summary>A stay with all that a rate's price depends on looked up.</summary>
/// <param name="Entry">To the second.</param>
/// <param name="Exit">To the second; where exit grace holds, the payment that it follows.</param>
/// <param name="Percent">The occupancy factor.</param>
/// <param name="Validations">What the driver shows, in the tariff's order, each once; null if nothing.</param>
internal readonly record struct StayCase(long Entry, long Exit, int Percent, Validation[]? Validations);
