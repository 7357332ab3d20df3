using NodaTime;

namespace Parking.Contracts;

/// <summary>Virtual time.</summary>
/// <param name="Now">What the service takes for the time.</param>
/// <param name="Waited">How long the call waited for others to end, in milliseconds of the machine's; absent where nothing was to wait
/// for.</param>
public sealed record ClockAnswer(Instant Now, double? Waited);

/// <summary>Where to move virtual time.</summary>
public sealed record ClockRequest
{
    /// <summary>Now or later.</summary>
    public required Instant To { get; init; }
}
