using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Logbook;
using Parking.Ports;
using Parking.Stays;
using Parking.Timelines;

namespace Parking.Admission;

/// <summary>
/// Inventories that operators take. They go the way of those that gates report, under <see cref="InventoryEvent.OperatorsGate"/>, each as
/// the only event of a journal of its own, which follows from its name: the same inventory again changes nothing.
/// </summary>
/// <remarks>
/// The count comes first, because it may be refused: a count of an operator is later than all others. The stays are closed after it.
/// No gate keeps such an event. A store that loses its last moments loses it, and the stays are open again. Its journal leaves a mark of
/// some hundred bytes in the facility's slot.
/// </remarks>
public sealed class OperatorInventories(
    InventoryHandler handler,
    FacilityEvents facilityEvents,
    IJournalStore journals,
    ITimelineStore timelines,
    FacilityLogbook logbook,
    StayNames names)
{
    private const int AtOnce = 32;

    /// <summary>Looks at the stays that an inventory names, without changing anything.</summary>
    /// <returns>What it would do to each, in their order; for one that was recorded, what it did.</returns>
    public async Task<IReadOnlyList<InventoriedStay>> LookAsync(OperatorInventory inventory)
    {
        var looked = new List<InventoriedStay>();
        var content = inventory.Event is { } id ? Fingerprint.OfInventory(ReportOf(inventory, id)) : default;
        foreach (var some in inventory.Closes.Chunk(AtOnce))
        {
            looked.AddRange(await Task.WhenAll(some.Select(name => LookAtAsync(inventory, name, content))));
        }

        return looked;
    }

    /// <summary>Whether an inventory of this name was recorded at the facility, with whatever content.</summary>
    public async Task<bool> IsRecordedAsync(OperatorInventory inventory) => inventory.Event is { } id
        && (await journals.LookUpAsync(inventory.Facility.Id, id.Gate, id.Journal, [id.Seq])).Answers[0] is not null;

    /// <summary>
    /// Whether some of this inventory was recorded: its count, or in the timeline of a stay that it names. If it was cut short then,
    /// recording it finishes it.
    /// </summary>
    /// <param name="inventory">The inventory.</param>
    /// <param name="looked">The stays that it names, as <see cref="LookAsync"/> found them.</param>
    public async Task<bool> IsBegunAsync(OperatorInventory inventory, IReadOnlyList<InventoriedStay> looked) =>
        inventory.Event is { } id
        && (looked.Any(named => named.HasInventory)
            || (inventory.Count is { } count
                && (await logbook.ReadAsync(inventory.Facility.Id)).Entries.Any(entry => entry.Id == id && entry.Count == count)));

    /// <summary>Records an inventory. If this is cut short, the same again finishes it.</summary>
    /// <returns>What came of it. Of an outdated one nothing is done.</returns>
    /// <exception cref="ArgumentException">The inventory has no name.</exception>
    /// <exception cref="InvalidDataException">The timeline of a stay that it names cannot be read.</exception>
    public async Task<InventoryRecording> RecordAsync(OperatorInventory inventory)
    {
        var id = inventory.Event ?? throw new ArgumentException("An inventory without a name is not recorded.", nameof(inventory));
        var gate = new Gate(id.Gate, GateDirection.Entry, inventory.Facility);
        var report = ReportOf(inventory, id);
        if (inventory.Count is not null && !await IsRecordedAsync(inventory))
        {
            var closing = (await LookAsync(inventory)).Count(named => named.IsClosing);
            if (await facilityEvents.RecordLatestCountAsync(gate, id, report, Fingerprint.OfInventory(report), closing) is { } other)
            {
                return other.Id == id ? new(InventoryOutcome.Conflict) : new(InventoryOutcome.Outdated, other.OccurredAt);
            }
        }

        var result = await handler.HandleAsync(gate, id.Journal, report, steadyAt: null);
        return new(result.Outcome == EventOutcome.Recorded ? InventoryOutcome.Recorded : InventoryOutcome.Conflict);
    }

    private static ReportedInventory ReportOf(OperatorInventory inventory, GateEventId id) => new()
    {
        Seq = id.Seq,
        DeviceTime = inventory.CountedAt,
        Count = inventory.Count,
        Closes = [.. inventory.Closes.Select(name => name.ToString())],
    };

    private async Task<InventoriedStay> LookAtAsync(OperatorInventory inventory, CodeId name, Fingerprint content)
    {
        var (holder, digest) = names.Open(name);
        var timeline = RecentTimelines.Decode((await timelines.LoadAsync(holder)).Content);
        var hasInventory = inventory.Event is { } id && timeline.Find(id) is { } recorded && recorded.Content == content;
        return timeline.Stays.FirstOrDefault(stay => stay.Id.Digest() == digest && stay.Facility == inventory.Facility.Id) is { } stay
            ? new(name, inventory.EffectOn(stay), stay, hasInventory)
            : new(name, InventoryEffect.NotHere, null, hasInventory);
    }
}

/// <summary>What an operator found who walked through a facility.</summary>
/// <param name="Facility">The facility.</param>
/// <param name="Name">The client's name for it, a ULID as commands have; null while it is only looked at.</param>
/// <param name="CountedAt">When the operator looked, to the millisecond.</param>
/// <param name="Count">How many vehicles were there; null if they were not counted.</param>
/// <param name="Closes">The names of the stays whose vehicles are not there.</param>
public sealed record OperatorInventory(Facility Facility, CommandId? Name, Instant CountedAt, int? Count, IReadOnlyList<CodeId> Closes)
{
    /// <summary>The identity of its event; null while it has no name.</summary>
    public GateEventId? Event => Name is { } name
        ? new(InventoryEvent.OperatorsGate, JournalOf(name), EventSequence.First)
        : null;

    /// <summary>What this inventory does to a stay at its facility.</summary>
    public InventoryEffect EffectOn(Stay stay) =>
        (stay.EarliestEntry ?? stay.EnteredAt) > CountedAt ? InventoryEffect.BeganAfterCount
        : stay.IsOpen || (Event is { } own && stay.EndedBy == own) ? InventoryEffect.Closes
        : InventoryEffect.HasEnded;

    private static JournalId JournalOf(CommandId name) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"operator's inventory {name}"))));
}

/// <summary>A stay that an inventory names.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Effect">What becomes of it.</param>
/// <param name="Stay">The stay as it is; null for <see cref="InventoryEffect.NotHere"/>.</param>
/// <param name="HasInventory">Whether the inventory, with this very content, was recorded in the stay's timeline.</param>
public sealed record InventoriedStay(CodeId Name, InventoryEffect Effect, Stay? Stay, bool HasInventory)
{
    /// <summary>Whether the stay is open and ends with the inventory.</summary>
    public bool IsClosing => this is { Effect: InventoryEffect.Closes, Stay.IsOpen: true };
}

/// <summary>What came of recording an operator's inventory.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="LastCount">For <see cref="InventoryOutcome.Outdated"/>, when the vehicles were counted last; otherwise null.</param>
public readonly record struct InventoryRecording(InventoryOutcome Outcome, Instant? LastCount = null);

/// <summary>The outcomes of <see cref="OperatorInventories.RecordAsync"/>.</summary>
public enum InventoryOutcome
{
    /// <summary>It is recorded, now or before.</summary>
    Recorded,

    /// <summary>Another inventory has its name.</summary>
    Conflict,

    /// <summary>Its count is not later than the last one.</summary>
    Outdated,
}

/// <summary>
/// What an inventory does to a stay that it names. The numbers and names are public: they may be added, but never changed.
/// </summary>
public enum InventoryEffect
{
    /// <summary>The stay is open and ends with it; or it has ended with it.</summary>
    Closes = 1,

    /// <summary>The stay ended before, in another way, and stays as it is.</summary>
    HasEnded = 2,

    /// <summary>The vehicle came in after the count, so that nobody can have missed it then.</summary>
    BeganAfterCount = 3,

    /// <summary>The facility has no such stay.</summary>
    NotHere = 4,
}
