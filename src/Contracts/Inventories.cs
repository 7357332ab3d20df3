using System.ComponentModel.DataAnnotations;
using NodaTime;
using Parking.GateProtocol;

namespace Parking.Contracts;

/// <summary>What somebody found who walked through a facility: asked what it would change. At least one of count and closes.</summary>
public sealed record InventoryPreviewRequest
{
    /// <summary>When the vehicles were looked for: not in the future, and at most 12 hours ago. Truncated to milliseconds.</summary>
    public required Instant CountedAt { get; init; }

    /// <summary>How many vehicles are parked in the whole facility: 0 to 1,000,000. Left out if they were not counted.</summary>
    [Range(0, 1_000_000, ErrorMessage = "count is 0 to 1000000.")]
    public int? Count { get; init; }

    /// <summary>
    /// The ids of stays at the facility whose vehicles are not there: at most 500, each once. Left out if there are none.
    /// </summary>
    [MaxLength(ReportedInventory.MaxCloses, ErrorMessage = "closes names at most 500 stays; send several inventories.")]
    public IReadOnlyList<string>? Closes { get; init; }
}

/// <summary>What somebody found who walked through a facility: to be recorded, after a look at its preview.</summary>
public sealed record InventoryRequest
{
    /// <summary>Its name, drawn by the client: a ULID. The same request with the same id again changes nothing.</summary>
    [RegularExpression(CommandIds.Pattern, ErrorMessage = "id is a ULID: 26 digits of Crockford's Base32 in capitals.")]
    public required string Id { get; init; }

    /// <summary>As in the preview.</summary>
    public required Instant CountedAt { get; init; }

    /// <summary>As in the preview.</summary>
    [Range(0, 1_000_000, ErrorMessage = "count is 0 to 1000000.")]
    public int? Count { get; init; }

    /// <summary>As in the preview.</summary>
    [MaxLength(ReportedInventory.MaxCloses, ErrorMessage = "closes names at most 500 stays; send several inventories.")]
    public IReadOnlyList<string>? Closes { get; init; }

    /// <summary>Why: 1 to 200 characters, without a person's name.</summary>
    [StringLength(ReportedAct.MaxReasonLength, MinimumLength = 1, ErrorMessage = "reason has 1 to 200 characters.")]
    public required string Reason { get; init; }

    /// <summary><see cref="InventoryPreviewAnswer.Version"/> of the preview that was looked at.</summary>
    public required string Version { get; init; }

    /// <summary>
    /// The ids of the gates that the preview doubted (<see cref="InventoryPreviewAnswer.Doubted"/>), if the inventory is to count in spite
    /// of that. Left out if there were none.
    /// </summary>
    public IReadOnlyList<string>? Despite { get; init; }
}

/// <summary>What an inventory would change, and what speaks against it now.</summary>
public sealed record InventoryPreviewAnswer
{
    /// <summary>
    /// Names what it does to each stay, and the count: 16 hexadecimal digits. It changes when one of these does.
    /// </summary>
    public required string Version { get; init; }

    /// <summary>When this was looked at.</summary>
    public required Instant AsOf { get; init; }

    /// <summary>The named stays, in the order of the request.</summary>
    public required IReadOnlyList<InventoryStay> Stays { get; init; }

    /// <summary>The open stays of the facility.</summary>
    public required int Occupied { get; init; }

    /// <summary>The number that is shown.</summary>
    public required int Shown { get; init; }

    /// <summary>The number that would be shown: the count, if there is one; otherwise what is shown without the closed stays.</summary>
    public required int ShownAfter { get; init; }

    /// <summary>The gates that are silent, or have events that they have not sent. They may have let vehicles in or out.</summary>
    public required IReadOnlyList<InventoryDoubt> Doubted { get; init; }

    /// <summary>Vehicles that passed are counted from here on: two minutes before the count.</summary>
    public required Instant PassagesSince { get; init; }

    /// <summary>
    /// How many vehicles came in and left since then, as far as the archive has heard, which takes seconds; 200 one way stand for that and
    /// more. Left out while the archive is out of reach.
    /// </summary>
    public int? Passages { get; init; }
}

/// <summary>What was recorded of an inventory.</summary>
public sealed record InventoryAnswer
{
    /// <summary>Its name.</summary>
    public required string Id { get; init; }

    /// <summary>The named stays as they are now, in the order of the request.</summary>
    public required IReadOnlyList<InventoryStay> Stays { get; init; }

    /// <summary>The open stays of the facility now.</summary>
    public required int Occupied { get; init; }

    /// <summary>The number that is shown now.</summary>
    public required int Shown { get; init; }
}

/// <summary>A stay that an inventory names.</summary>
public sealed record InventoryStay
{
    /// <summary>The stay's id.</summary>
    public required string Id { get; init; }

    /// <summary>What the inventory does to it, or did.</summary>
    public required InventoryEffect Effect { get; init; }

    /// <summary>The gate of its first event; left out if it is not here.</summary>
    public string? Gate { get; init; }

    /// <summary>When the vehicle came in; left out if nobody saw it, and if it is not here.</summary>
    public Instant? EnteredAt { get; init; }

    /// <summary>When it ended; left out while it is open, and if it is not here.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>How reliable its data is; left out if it is not here.</summary>
    public StayState? State { get; init; }
}

/// <summary>A gate that may know of vehicles of which the service does not.</summary>
/// <param name="Gate">The gate's id.</param>
/// <param name="State">Whether it is heard.</param>
/// <param name="LastHeardAt">Its last sign of life; left out if there was none.</param>
/// <param name="Unsent">The number of events that it said it has, and that have not arrived.</param>
public sealed record InventoryDoubt(string Gate, GatePresence State, Instant? LastHeardAt, long Unsent);

/// <summary>What an inventory does to a stay. The numbers and names are public: values may be added, never changed or removed.</summary>
public enum InventoryEffect
{
    /// <summary>It is open and ends with the inventory; after that: it has ended with it.</summary>
    Closes = 1,

    /// <summary>It ended in another way, and stays as it is.</summary>
    HasEnded = 2,

    /// <summary>The vehicle came in after the count. Such a stay is not closed.</summary>
    BeganAfterCount = 3,

    /// <summary>The facility has no such stay.</summary>
    NotHere = 4,
}
