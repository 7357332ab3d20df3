using NodaTime;
using Parking.GateProtocol;

namespace Parking.Contracts;

/// <summary>
/// What the hub at <c>/hubs/driver</c> says to a driver. There is nothing to subscribe to: a connection hears what its own driver does.
/// </summary>
public interface IDriverClient
{
    /// <summary>
    /// Once for each connection: from now on it hears every moment that its instance of the service handles. What was before is in the
    /// driver's stays: ask for them now.
    /// </summary>
    Task Ready();

    /// <summary>
    /// A code of the driver, or a code for a vehicle that the driver shares, was shown at a gate, and has been decided. Said once for each
    /// scan: at once, or when a gate that decided alone reports it.
    /// </summary>
    Task AtGate(GateMoment moment);
}

/// <summary>What happened when a driver's code was shown at a gate. It has no code and no plate.</summary>
public sealed record GateMoment
{
    /// <summary>The facility's id.</summary>
    public required string Facility { get; init; }

    /// <summary>What people call it.</summary>
    public required BilingualText FacilityName { get; init; }

    /// <summary>Its time zone, a name of the IANA database.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The gate's id.</summary>
    public required string Gate { get; init; }

    /// <summary>Which way its lane leads.</summary>
    public required GateDirection Direction { get; init; }

    /// <summary>What the barrier was told.</summary>
    public required GateDecision Decision { get; init; }

    /// <summary>Why.</summary>
    public required ScanReason Reason { get; init; }

    /// <summary>When the code was shown.</summary>
    public required Instant At { get; init; }

    /// <summary>What the display beside the barrier says.</summary>
    public required BilingualText Text { get; init; }

    /// <summary>
    /// The name of the stay that began or ended; left out on a refusal, and for those who share a vehicle, if it is a stay of another one
    /// of its owner's. Then times and fee are left out, too.
    /// </summary>
    public string? Stay { get; init; }

    /// <summary>When that stay began; left out if nobody saw it begin.</summary>
    public Instant? EnteredAt { get; init; }

    /// <summary>When that stay ended; left out while it lasts.</summary>
    public Instant? ExitedAt { get; init; }

    /// <summary>The fee of the stay that ended; left out if none did, or if parking has no price.</summary>
    public FeeTotal? Fee { get; init; }
}

/// <summary>A fee without its lines.</summary>
/// <param name="Total">In minor units of the currency: fen, cents.</param>
/// <param name="Currency">Its ISO 4217 code.</param>
public sealed record FeeTotal(long Total, string Currency);
