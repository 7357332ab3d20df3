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
