using System.Collections.Immutable;
using NodaTime;
using Parking.Codes;

namespace Parking.Api.Stays;

/// <summary>The events of one holder. The stays that follow from them are <see cref="Stays"/>.</summary>
/// <remarks>A pure value: equal events, in whatever order they came, give equal stays.</remarks>
internal sealed class Timeline
{
    /// <summary>Refused scans decide nothing later; this many of the newest are kept, so that nobody can make a timeline grow by showing old codes.</summary>
    public const int MaxRefusals = 32;

    /// <summary>How long an ended stay stays in its timeline. Longer than the offline horizon, so that a late event still finds what it amends.</summary>
    public static readonly Duration StayRetention = Duration.FromDays(30);

    public static readonly Timeline Empty = new([]);

    private IReadOnlyList<Stay>? _stays;

    public Timeline(ImmutableArray<GateEvent> events) => Events = events;

    /// <summary>In the order they were recorded, which means nothing.</summary>
    public ImmutableArray<GateEvent> Events { get; }

    /// <summary>What follows from the events, in order of their beginning.</summary>
    public IReadOnlyList<Stay> Stays => _stays ??= TimelineFold.Fold(Events);

    public IEnumerable<ScanEvent> Scans => Events.OfType<ScanEvent>();

    public GateEvent? Find(GateEventId id) => Events.FirstOrDefault(e => e.Id == id);

    /// <summary>Whether a scan decided to open a barrier for this code.</summary>
    public bool HasUsed(CodeId code) => Scans.Any(scan => scan.Code == code && scan.Decision.Opens);

    /// <summary>The same timeline with one more event.</summary>
    public Timeline Add(GateEvent added) => new(Events.Add(added));

    /// <summary>
    /// The same timeline without what can no longer matter at <paramref name="now"/>: events of stays that ended longer than
    /// <see cref="StayRetention"/> ago, and refused scans beyond the newest <see cref="MaxRefusals"/>. The other stays are unchanged.
    /// </summary>
    public Timeline Trim(Instant now)
    {
        var ended = Stays.Where(stay => stay.EndedAt is { } at && at < now - StayRetention).ToList();
        var dropped = ended.Select(stay => stay.Id).ToHashSet();

        // A missed exit was shown by the next stay's own entry, which is not this stay's to take along.
        dropped.UnionWith(ended.Where(stay => stay.Ending == StayEnding.Exited).Select(stay => stay.EndedBy!.Value));
        dropped.UnionWith(Scans.Where(scan => !scan.Decision.Opens)
            .OrderByDescending(scan => scan.OccurredAt).ThenByDescending(scan => scan.Id)
            .Skip(MaxRefusals)
            .Select(scan => scan.Id));
        return dropped.Count == 0 ? this : new(Events.RemoveAll(e => dropped.Contains(e.Id)));
    }
}
