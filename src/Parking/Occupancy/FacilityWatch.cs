using System.Collections.Concurrent;
using NodaTime;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Logbook;
using Parking.Ports;

namespace Parking.Occupancy;

/// <summary>
/// Looks at facilities and their gates: how full a facility is, whether it is open, which gates are heard, and how far all this can be
/// trusted.
/// </summary>
public sealed partial class FacilityWatch(
    IJournalStore journals,
    IFacilityStore facilityStore,
    IStoreHealth health,
    CityDirectory city,
    FacilityStates states,
    IClock clock,
    ILogger<FacilityWatch> logger)
{
    /// <summary>A gate that was last heard longer ago than this is silent: two heartbeats are missing, plus a short tolerance.</summary>
    public static readonly Duration SilentAfter = Duration.FromSeconds(25);

    private readonly ILookup<FacilityId, Gate> _gates = city.Gates.ToLookup(gate => gate.Facility.Id);
    private readonly GateSigns _signs = new();

    /// <summary>The newest known numbers of each facility's log, so that a log is read only when it has changed.</summary>
    private readonly ConcurrentDictionary<FacilityId, KnownLog> _logs = new();

    private long _looks;

    /// <summary>The number of the next look. Numbers ascend in the order in which looks begin.</summary>
    public long NextLook() => Interlocked.Increment(ref _looks);

    /// <summary>Looks now, and notes each facility's state in <see cref="FacilityStates"/>.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public async Task<IReadOnlyList<FacilityView>> LookAsync(IReadOnlyList<Facility> facilities)
    {
        // Take the number before reading: what is read may be newer than the number, but is not older.
        var look = NextLook();
        var now = clock.GetCurrentInstant();
        var epoch = (await health.LifeAsync()).Epoch;
        var glances = await facilityStore.GlanceAsync([.. facilities.Select(facility => facility.Id)]);
        return await Task.WhenAll(facilities.Zip(glances, (facility, glance) => ViewAsync(facility, glance, look, epoch, now)));
    }

    private async Task<FacilityView> ViewAsync(Facility facility, FacilityGlance glance, long look, string epoch, Instant now)
    {
        var numbers = await NumbersOfAsync(facility.Id, new(epoch, glance.LogVersion));
        var unsent = await UnsentAsync(facility.Id, glance.Heard);
        var heard = glance.Heard.ToDictionary(gate => gate.Gate);
        List<GateView> gates = [.. _gates[facility.Id].Select(gate => ViewOf(gate, heard, unsent, numbers, now))];
        var state = StateOf(facility, glance);
        states.Note(facility.Id, look, state);
        return new(
            look,
            new(epoch, glance.Sequence),
            facility,
            glance.Spaces,
            state,
            TrustIn(gates, numbers),
            gates,
            numbers?.LastCount?.OccurredAt);
    }

    private GateView ViewOf(
        Gate gate, Dictionary<GateId, HeardGate> heard, IReadOnlyDictionary<GateId, long> unsent, FacilityNumbers? numbers, Instant now)
    {
        Instant? sign = heard.TryGetValue(gate.Id, out var last) ? _signs.LastSign(gate.Id, last.At, now) : null;
        var presence = sign is not { } at ? GatePresence.Never
            : now - at <= SilentAfter ? GatePresence.Online
            : GatePresence.Silent;
        return new(
            gate,
            presence,
            sign,
            unsent.GetValueOrDefault(gate.Id),
            numbers?.ConditionOf(gate.Id) ?? GateCondition.Good,
            last.Beat?.Barrier);
    }

    private static FacilityState StateOf(Facility facility, FacilityGlance glance) =>
        glance.IsClosed ? FacilityState.Closed
        : facility.EnforcesCapacity && glance.Spaces >= facility.Capacity ? FacilityState.Full
        : FacilityState.Open;

    private static OccupancyTrust TrustIn(IReadOnlyList<GateView> gates, FacilityNumbers? numbers)
    {
        var silent = gates.Any(gate => gate.Presence != GatePresence.Never) ? gates.Count(gate => gate.Presence != GatePresence.Online) : 0;
        var unsent = gates.Sum(gate => gate.Unsent);
        var confidence = numbers is null ? OccupancyConfidence.Unknown
            : silent == 0 && unsent == 0 && numbers.Unexplained == 0 ? OccupancyConfidence.Exact
            : OccupancyConfidence.Reduced;
        return new(confidence, silent, unsent, numbers?.Unexplained ?? 0, numbers?.Correction);
    }

    /// <summary>
    /// How many events each gate has not sent yet, of gates that had not sent everything by their last heartbeat. Asks the store what they
    /// have sent since.
    /// </summary>
    private async Task<IReadOnlyDictionary<GateId, long>> UnsentAsync(FacilityId facility, IReadOnlyList<HeardGate> heard)
    {
        var unsent = new Dictionary<GateId, long>();
        var behind = heard.Where(gate => gate.Beat is { } beat && beat.LastSeq > beat.AcknowledgedThrough).ToList();
        if (behind.Count > 0)
        {
            var prefixes = await journals.AcknowledgedAsync(
                facility, [.. behind.Select(gate => new GateJournal(gate.Gate, gate.Beat!.Value.Journal))]);
            foreach (var (gate, prefix) in behind.Zip(prefixes))
            {
                unsent[gate.Gate] = Math.Max(0, gate.Beat!.Value.LastSeq - prefix);
            }
        }

        return unsent;
    }

    /// <summary>The numbers of the facility's log; null if the log cannot be read.</summary>
    private async Task<FacilityNumbers?> NumbersOfAsync(FacilityId facility, LogName current)
    {
        if (current.Version == 0)
        {
            return FacilityNumbers.None;
        }

        if (_logs.TryGetValue(facility, out var known) && known.Name == current)
        {
            return known.Numbers;
        }

        var stored = await facilityStore.LoadLogAsync(facility);
        FacilityNumbers? numbers = null;
        try
        {
            numbers = FacilityLogCodec.Decode(stored.Content).Numbers;
        }
        catch (InvalidDataException e)
        {
            LogUnreadable(logger, facility, e.Message);
        }

        _logs[facility] = new(current with { Version = stored.Version }, numbers);
        return numbers;
    }

    [LoggerMessage(
        5002,
        LogLevel.Error,
        "The log of {Facility} cannot be read, so its occupancy is in doubt: {Reason}",
        EventName = "FacilityLogUnreadable")]
    private static partial void LogUnreadable(ILogger logger, FacilityId facility, string reason);

    /// <summary>
    /// Names one content of a log. A version counts within one life of the store: after a loss the same version may come again with other
    /// content.
    /// </summary>
    private readonly record struct LogName(string Epoch, long Version);

    private sealed record KnownLog(LogName Name, FacilityNumbers? Numbers);
}
