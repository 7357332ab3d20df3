using NodaTime;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Ports;

/// <summary>Keeps a facility's own facts, which name nobody: its log, its gates' last signs of life, and whether it is closed.</summary>
/// <remarks>The rules of <see cref="ILiveStore"/> hold for every method.</remarks>
public interface IFacilityStore
{
    /// <summary>Loads a facility's log; version 0 and no content if there is none.</summary>
    Task<StoredLog> LoadLogAsync(FacilityId facility);

    /// <summary>
    /// Stores <paramref name="content"/> as version <paramref name="expectedVersion"/> + 1 of the log if the version is still
    /// <paramref name="expectedVersion"/>.
    /// </summary>
    /// <returns>False if the version is another by now; then nothing changed.</returns>
    Task<bool> CommitLogAsync(FacilityId facility, long expectedVersion, ReadOnlyMemory<byte> content);

    /// <summary>Closes a facility, or opens it again. A facility is open until it is closed.</summary>
    Task SetClosedAsync(FacilityId facility, bool isClosed);

    /// <summary>
    /// Notes signs of life of different gates. Each replaces the previous one of its gate. Without a <see cref="HeardGate.Beat"/>, the
    /// gate's last heartbeat stays noted.
    /// </summary>
    Task HearAsync(FacilityId facility, IReadOnlyList<HeardGate> heard);

    /// <summary>
    /// Returns what can be seen of each of <paramref name="facilities"/>, in their order. This is not one step for all of them, but each is
    /// as it was at one moment, or nearly.
    /// </summary>
    Task<IReadOnlyList<FacilityGlance>> GlanceAsync(IReadOnlyList<FacilityId> facilities);
}

/// <summary>A facility's log as stored. Version 0: there is none yet, and <see cref="Content"/> is empty.</summary>
public readonly record struct StoredLog(long Version, ReadOnlyMemory<byte> Content);

/// <summary>The last sign of life of a gate.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="At">When it was heard, to the millisecond, by the clock of the instance that heard it.</param>
/// <param name="Beat">Its last heartbeat; null if it has sent only events so far.</param>
public readonly record struct HeardGate(GateId Gate, Instant At, GateBeat? Beat);

/// <summary>What a gate's heartbeat said of its journal, and how much of the journal the service knew then.</summary>
/// <param name="Journal">The journal that it writes.</param>
/// <param name="LastSeq">The number of its newest event; 0 for none.</param>
/// <param name="AcknowledgedThrough">The journal's contiguous prefix at that moment. It may have advanced since.</param>
/// <param name="Barrier">How the barrier was; null if the gate does not say.</param>
public readonly record struct GateBeat(JournalId Journal, long LastSeq, long AcknowledgedThrough, BarrierPosition? Barrier = null);

/// <summary>What can be seen of a facility at a glance, and whether there is more to read.</summary>
/// <param name="Spaces">How many spaces are taken.</param>
/// <param name="IsClosed">Whether an operator has closed it.</param>
/// <param name="LogVersion">The version of its log; 0 if there is none.</param>
/// <param name="Changes">
/// How many spaces were taken and given back, and how often the facility was closed and opened, in this life of the store.
/// </param>
/// <param name="Heard">Every gate of the facility that was ever heard, in no order.</param>
public sealed record FacilityGlance(int Spaces, bool IsClosed, long LogVersion, long Changes, IReadOnlyList<HeardGate> Heard)
{
    /// <summary>
    /// Counts the stored changes of spaces, closure and log. Of two glances in one life of the store, the one with the higher number was
    /// taken later. Signs of life of gates do not count.
    /// </summary>
    public long Sequence => Changes + LogVersion;
}
