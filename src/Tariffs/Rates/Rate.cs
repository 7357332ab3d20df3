using System.Collections.Immutable;
using NodaTime;

namespace Parking.Tariffs.Rates;

/// <summary>One way to price a stay.</summary>
public sealed record Rate
{
    internal Rate()
    {
    }

    /// <summary>Distinguishes it within its table.</summary>
    public required string Id { get; init; }

    /// <summary>What the price board and the receipt call it.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>When it may be chosen; null: always. Only the last rate of a table has none.</summary>
    public RateConditions? Conditions { get; init; }

    /// <summary>A stay not longer than this costs nothing (rule 7); zero if not given.</summary>
    public Duration EntryGrace { get; init; }

    /// <summary>Charging begins this long after the entry (rule 8); zero if not given.</summary>
    public Duration FreeTime { get; init; }

    /// <summary>The least that is charged where anything is, in minor units (rule 16); 0 if not given.</summary>
    public long MinValue { get; init; }

    /// <summary>Where the ladder begins after a band change (rule 11). Without effect while there is one band.</summary>
    public LadderAtBandChange LadderAtBandChange { get; init; }

    /// <summary>What becomes of a step that a band change falls into (rule 12).</summary>
    public StepAtBandChange StepAtBandChange { get; init; }

    /// <summary>At least one. At every second of every week exactly one of them holds.</summary>
    public required ImmutableArray<Band> Bands { get; init; }

    /// <summary>At most one of each period, beside the bands' own (rule 15).</summary>
    public ImmutableArray<Cap> Caps { get; init; } = [];

    /// <summary>How long one may stay; null: as long as one likes (rule 13).</summary>
    public MaximumStay? MaximumStay { get; init; }
}
