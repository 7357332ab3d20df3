using NodaTime;
using Parking.GateProtocol;

namespace Parking.Contracts;

/// <summary>Everything that is kept of the citizen who is calling. It has nothing of anybody else.</summary>
public sealed record ExportAnswer
{
    /// <summary>The version of this document: 1. Members may be added to a version.</summary>
    public int Format { get; init; } = 1;

    /// <summary>When it was read.</summary>
    public required Instant AsOf { get; init; }

    /// <summary>Every vehicle that the citizen has or had, in the order of their numbers.</summary>
    public required IReadOnlyList<ExportedVehicle> Vehicles { get; init; }

    /// <summary>What the citizen was entitled to when a code was last minted, in ordinal order.</summary>
    public required IReadOnlyList<string> Entitlements { get; init; }

    /// <summary>The vehicles that others share with the citizen. Their stays are their owners'.</summary>
    public required IReadOnlyList<SharedVehicle> SharedVehicles { get; init; }

    /// <summary>
    /// The stays that are kept, in the order in which they became known, each with the lines of its price and its revisions; also those
    /// that were superseded or withdrawn.
    /// </summary>
    public required IReadOnlyList<StayAnswer> Stays { get; init; }

    /// <summary>
    /// The stays in the archive, kept for years; those that ended last come first. Those of the last 30 days are in <see cref="Stays"/>
    /// too, under the same id. Absent if there are none.
    /// </summary>
    public IReadOnlyList<MyArchivedStay>? ArchivedStays { get; init; }

    /// <summary>The scans that are kept, from which the stays follow, in the order in which the service recorded them.</summary>
    public required IReadOnlyList<ExportedScan> Scans { get; init; }

    /// <summary>
    /// The cases about the citizen's stays, newest first: their disputes, and what operators sent to a person's list. Absent if there are
    /// none.
    /// </summary>
    public IReadOnlyList<ExportedCase>? Cases { get; init; }

    /// <summary>The devices that make codes for the citizen without a network. Absent if there are none.</summary>
    public IReadOnlyList<LinkedDevice>? Devices { get; init; }

    /// <summary>What it is, never its content.</summary>
    public override string ToString() => "export";
}

/// <summary>A vehicle with all that is kept of it.</summary>
public sealed record ExportedVehicle
{
    /// <summary>Its permanent number with this citizen, from 1: codes and scans name it instead of the plate.</summary>
    public required int Number { get; init; }

    /// <summary>The plate; left out if it is not kept any more.</summary>
    public string? Plate { get; init; }

    /// <summary>What kind it is.</summary>
    public required VehicleClass Class { get; init; }

    /// <summary>When it was taken off the list; left out while it is listed.</summary>
    public Instant? RemovedAt { get; init; }

    /// <summary>The plates that it had before they were corrected, the oldest first; left out if none is kept.</summary>
    public IReadOnlyList<ExportedPlate>? FormerPlates { get; init; }

    /// <summary>Its shares and invitations, also expired ones; left out if there are none. They name nobody.</summary>
    public IReadOnlyList<VehicleShare>? Shares { get; init; }

    /// <summary>What it is, never whose.</summary>
    public override string ToString() => "exported vehicle";
}

/// <summary>A plate before its correction.</summary>
public sealed record ExportedPlate
{
    /// <summary>The wrong plate.</summary>
    public required string Plate { get; init; }

    /// <summary>When it was corrected.</summary>
    public required Instant Until { get; init; }

    /// <summary>What it is, never its content.</summary>
    public override string ToString() => "exported plate";
}

/// <summary>A code of the citizen that was shown at a gate.</summary>
public sealed record ExportedScan
{
    /// <summary>The event's identity: gate/journal/seq.</summary>
    public required string Event { get; init; }

    /// <summary>The facility's id.</summary>
    public required string Facility { get; init; }

    /// <summary>Whether it was an entry or an exit.</summary>
    public required GateDirection Direction { get; init; }

    /// <summary>When it was shown; the earliest time, if that is in doubt.</summary>
    public required Instant At { get; init; }

    /// <summary>The latest time at which it can have been shown, if that is in doubt; otherwise left out.</summary>
    public Instant? LatestAt { get; init; }

    /// <summary>When the service recorded it.</summary>
    public required Instant RecordedAt { get; init; }

    /// <summary>What was decided, and why.</summary>
    public required ScanReason Reason { get; init; }

    /// <summary>The number of the vehicle that the code named; left out if it named none.</summary>
    public int? Vehicle { get; init; }

    /// <summary>The code's identity: 32 hexadecimal digits. It opens nothing.</summary>
    public required string Code { get; init; }

    /// <summary>For an entry with a price: what the price depends on; otherwise left out.</summary>
    public ExportedTerms? Terms { get; init; }

    /// <summary>What the barrier or the vehicle did afterwards, as it was recorded; left out if nothing is known.</summary>
    public IReadOnlyList<ExportedAct>? Acts { get; init; }
}

/// <summary>What the price of a stay depends on, as it was at the entry.</summary>
public sealed record ExportedTerms
{
    /// <summary>The number of the tariff's version.</summary>
    public required int TariffVersion { get; init; }

    /// <summary>The vehicle's class.</summary>
    public required VehicleClass Class { get; init; }

    /// <summary>How full the facility was, in percent of its capacity.</summary>
    public required int OccupancyPercent { get; init; }

    /// <summary>What the citizen was entitled to, in ordinal order.</summary>
    public required IReadOnlyList<string> Entitlements { get; init; }
}

/// <summary>What the barrier or the vehicle did after a scan.</summary>
public sealed record ExportedAct
{
    /// <summary>What it was.</summary>
    public required BarrierAct Act { get; init; }

    /// <summary>When it was.</summary>
    public required Instant At { get; init; }

    /// <summary>When the service recorded it.</summary>
    public required Instant RecordedAt { get; init; }

    /// <summary>Why a person opened the barrier; otherwise left out.</summary>
    public string? Reason { get; init; }
}

/// <summary>A case about a stay of the citizen. It names no operator.</summary>
public sealed record ExportedCase
{
    /// <summary>Its number with a check digit, as people say it: <c>1042-8</c>.</summary>
    public required string Number { get; init; }

    /// <summary>Whether the citizen or an operator opened it.</summary>
    public required CaseKind Kind { get; init; }

    /// <summary>How far it is.</summary>
    public required CaseState State { get; init; }

    /// <summary>The id of the stay.</summary>
    public required string Stay { get; init; }

    /// <summary>Of a dispute: what the citizen objects to; absent for a review.</summary>
    public DisputeReason? Reason { get; init; }

    /// <summary>What whoever opened it wrote.</summary>
    public required string Text { get; init; }

    /// <summary>When it was opened.</summary>
    public required Instant OpenedAt { get; init; }

    /// <summary>The answer, or why it needed none; absent while it is open.</summary>
    public string? Answer { get; init; }

    /// <summary>When it was answered or closed; absent while it is open.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>What it is, never its content.</summary>
    public override string ToString() => "exported case";
}
