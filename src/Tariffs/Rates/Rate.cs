using System.Collections.Immutable;
using NodaTime;

namespace Parking.Tariffs.Rates;

/// <summary>One way to price a stay.</summary>
public sealed record Rate
{
    internal Rate()
    {
    }

    /// <summary>The id, unique within its table.</summary>
    public required string Id { get; init; }

    /// <summary>The name on the price board and the receipt.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>When the rate can be chosen; null for always. Only the last rate of a table has no conditions.</summary>
    public RateConditions? Conditions { get; init; }

    /// <summary>A stay not longer than this is free (rule 7); zero by default.</summary>
    public Duration EntryGrace { get; init; }

    /// <summary>Charging begins this long after the entry (rule 8); zero by default.</summary>
    public Duration FreeTime { get; init; }

    /// <summary>The minimum charge of a stay that is not free, in minor units (rule 16); 0 by default.</summary>
    public long MinValue { get; init; }

    /// <summary>The position on the ladder after a band change (rule 11). It has no effect with one band.</summary>
    public LadderAtBandChange LadderAtBandChange { get; init; }

    /// <summary>How a step is charged that a band change divides (rule 12).</summary>
    public StepAtBandChange StepAtBandChange { get; init; }

    /// <summary>At least one band. Every second of every week belongs to exactly one.</summary>
    public required ImmutableArray<Band> Bands { get; init; }

    /// <summary>At most one cap of each period, in addition to the bands' own (rule 15).</summary>
    public ImmutableArray<Cap> Caps { get; init; } = [];

    /// <summary>The maximum stay; null for no limit (rule 13).</summary>
    public MaximumStay? MaximumStay { get; init; }
}

/// <summary>When a rate can be chosen: all given conditions must be met (rule 21).</summary>
public sealed record RateConditions
{
    internal RateConditions()
    {
    }

    /// <summary>The entry lies in one of these, start inclusive and end exclusive; empty for any entry.</summary>
    public ImmutableArray<ActiveTime> EntryTimes { get; init; } = [];

    /// <summary>The exit lies in one of these, both ends inclusive; empty for any exit. Requires <see cref="MaxLength"/>.</summary>
    public ImmutableArray<ActiveTime> ExitTimes { get; init; } = [];

    /// <summary>The stay is not longer than this, inclusive; null for any length.</summary>
    public Duration? MaxLength { get; init; }
}

/// <summary>The largest sum of charges in one window (rule 15).</summary>
/// <param name="Per">The windows.</param>
/// <param name="Value">Minor units; a multiple of the rounding unit.</param>
public sealed record Cap(CapPer Per, long Value);

/// <summary>The windows of a cap, in the order in which caps apply.</summary>
public enum CapPer
{
    /// <summary>Each date, by the tariff's clock.</summary>
    CalendarDay,

    /// <summary>Each 24 elapsed hours from the entry.</summary>
    Rolling24Hours,

    /// <summary>Each 168 elapsed hours from the entry.</summary>
    Rolling7Days,

    /// <summary>The whole stay.</summary>
    Stay,
}

/// <summary>The maximum stay, and the price of a longer one (rule 13).</summary>
/// <param name="Duration">The length from the entry, inclusive.</param>
/// <param name="Overstay">
/// The price of the time after it; null if the bands continue and the quote only says that the maximum was exceeded.
/// </param>
public sealed record MaximumStay(Duration Duration, BandPrice? Overstay);

/// <summary>The position on the ladder after a band change (rule 11).</summary>
public enum LadderAtBandChange
{
    /// <summary>The ladder begins again.</summary>
    Restarts,

    /// <summary>The ladder continues at the time since the chargeable start.</summary>
    Continues,
}

/// <summary>How a step is charged that a band change divides (rule 12).</summary>
public enum StepAtBandChange
{
    /// <summary>It ends at the change and is charged whole. Not allowed with <see cref="LadderAtBandChange.Continues"/>.</summary>
    EndsWhole,

    /// <summary>It ends at the change and costs its share.</summary>
    Split,

    /// <summary>It continues to its end at the price of the band in which it began.</summary>
    RunsOn,
}
