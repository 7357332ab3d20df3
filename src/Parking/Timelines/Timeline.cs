using System.Collections.Immutable;
using NodaTime;
using Parking.Codes;
using Parking.Events;

namespace Parking.Timelines;

/// <summary>The events of one holder. <see cref="Stays"/> are derived from them.</summary>
/// <remarks>A pure value: equal events give equal stays, in whatever order they came.</remarks>
public sealed class Timeline
{
    /// <summary>
    /// How many scans without a passage are kept: the newest ones. Such scans decide nothing later, and nobody can make a timeline grow by
    /// showing old codes.
    /// </summary>
    public const int MaxRefusals = 32;

    /// <summary>
    /// How long a stay remains in its timeline after its end. Longer than the offline horizon, so that a late event still finds the stay
    /// that it changes.
    /// </summary>
    public static readonly Duration StayRetention = Duration.FromDays(30);

    public static readonly Timeline Empty = new([]);

    private IReadOnlyList<Stay>? _stays;
    private Passages? _passages;

    public Timeline(ImmutableArray<GateEvent> events, Instant? erasedAt = null)
    {
        Events = events;
        ErasedAt = erasedAt;
    }

    /// <summary>In the order in which they were recorded. Stays do not depend on it.</summary>
    public ImmutableArray<GateEvent> Events { get; }

    /// <summary>
    /// When its citizen had it erased: it is nobody's since then, and its codes open no entry. Null as long as it is somebody's.
    /// </summary>
    public Instant? ErasedAt { get; }

    /// <summary>What follows from the events, in the order in which the stays began.</summary>
    public IReadOnlyList<Stay> Stays => _stays ??= TimelineFold.Fold(Events);

    public IEnumerable<ScanEvent> Scans => Events.OfType<ScanEvent>();

    /// <summary>What happened at the barrier after each scan.</summary>
    public Passages Passages => _passages ??= new(Events);

    public GateEvent? Find(GateEventId id) => Events.FirstOrDefault(e => e.Id == id);

    /// <summary>Whether a barrier opened for this code.</summary>
    public bool HasUsed(CodeId code) => Scans.Any(scan => scan.Code == code && Passages.Opened(scan) && !Passages.IsLateExit(scan));

    /// <summary>The same timeline with one more event.</summary>
    public Timeline Add(GateEvent added) => new(Events.Add(added), ErasedAt);

    /// <summary>The same timeline as nobody's.</summary>
    public Timeline Erase(Instant at) => new(Events, at);

    /// <summary>
    /// The same timeline without what can no longer matter at <paramref name="now"/>: events of stays that ended longer than
    /// <see cref="StayRetention"/> ago, and scans without a passage beyond the newest <see cref="MaxRefusals"/>. The other stays do not
    /// change: an old stay on which another stay depends (as a rule, because they contradict each other) is kept with it.
    /// </summary>
    public Timeline Trim(Instant now)
    {
        var threshold = now - StayRetention;
        var ended = Stays.Where(stay => stay.EndedAt < threshold).ToList();
        var trimmed = Without(ended, threshold);
        if (trimmed == this || trimmed.Stays.SequenceEqual(Stays.Except(ended)))
        {
            return trimmed;
        }

        trimmed = this;
        foreach (var stay in ended)
        {
            var without = trimmed.Without([stay], threshold);
            trimmed = without.Stays.SequenceEqual(trimmed.Stays.Where(other => other != stay)) ? without : trimmed;
        }

        return trimmed;
    }

    private Timeline Without(IReadOnlyCollection<Stay> ended, Instant threshold)
    {
        var dropped = ended.Select(stay => stay.Id).ToHashSet();

        // A missed exit was shown by the next stay's own entry, which must not go with this stay. An inventory goes by its own age, and
        // after all stays that it ended.
        dropped.UnionWith(ended.Where(stay => stay.Ending == StayEnding.Exited).Select(stay => stay.EndedBy!.Value));
        dropped.UnionWith(Events.OfType<InventoryEvent>()
            .Where(inventory => inventory.OccurredAt < threshold && !Stays.Except(ended).Any(stay => stay.EndedBy == inventory.Id))
            .Select(inventory => inventory.Id));
        dropped.UnionWith(Scans.Where(scan => !Passages.Passed(scan))
            .OrderByDescending(scan => scan.OccurredAt).ThenByDescending(scan => scan.Id)
            .Skip(MaxRefusals)
            .Select(scan => scan.Id));
        return dropped.Count == 0
            ? this
            : new(Events.RemoveAll(e => dropped.Contains(e.Id) || (e is ActEvent act && dropped.Contains(act.Scan))), ErasedAt);
    }
}
