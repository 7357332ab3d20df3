using System.Collections.Immutable;
using NodaTime;

namespace Parking.BackOffice.Use;

/// <summary>
/// How long stays were, as counts in buckets: days can be added up, and a percentile is known to the bucket that it lies in.
/// </summary>
/// <remarks>
/// The buckets are at most a quarter of an hour, or a third of their upper bound, wide. Their bounds are part of what is stored: others
/// make another version of <see cref="UseCurves"/>.
/// </remarks>
public sealed class DwellHistogram
{
    /// <summary>
    /// Where buckets end, in minutes: a bucket has the stays that are shorter than its bound, and not shorter than the bound before. One
    /// more has those that are longer than a week.
    /// </summary>
    public static readonly ImmutableArray<int> Bounds =
    [
        5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 90, 105, 120, 150, 180, 210, 240, 300, 360, 420, 480, 540, 600, 720, 840, 960, 1200, 1440,
        2160, 2880, 4320, 5760, 7200, 10080,
    ];

    private readonly long[] _counts = new long[Bounds.Length + 1];

    /// <summary>An empty one.</summary>
    public DwellHistogram()
    {
    }

    internal DwellHistogram(IEnumerable<long> counts) => counts.ToArray().CopyTo(_counts, 0);

    /// <summary>The number of stays in each bucket.</summary>
    public IReadOnlyList<long> Counts => _counts;

    public void Add(Duration dwell)
    {
        var bucket = Bounds.BinarySearch((int)Math.Min(dwell.TotalMinutes, int.MaxValue));

        // The bound itself lies in the next bucket.
        _counts[bucket >= 0 ? bucket + 1 : ~bucket]++;
    }

    public void Add(DwellHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }

    /// <summary>
    /// The dwell time that a share of the stays do not exceed (nearest rank). Null if there are none.
    /// </summary>
    /// <param name="percent">Above 0, at most 100.</param>
    public DwellPercentile? Percentile(int percent)
    {
        var rank = (_counts.Sum() * percent + 99) / 100;
        var before = 0L;
        for (var i = 0; i < _counts.Length && rank > 0; i++)
        {
            if (before + _counts[i] >= rank)
            {
                var (from, to) = (i == 0 ? 0 : Bounds[i - 1], i == Bounds.Length ? (int?)null : Bounds[i]);
                return new(to is { } end ? from + ((end - from) * (rank - before - 0.5) / _counts[i]) : from, from, to);
            }

            before += _counts[i];
        }

        return null;
    }
}

/// <summary>A percentile of dwell times.</summary>
/// <param name="Minutes">An estimate: the stays of its bucket are taken as evenly spread.</param>
/// <param name="AtLeast">The true one is not below this, in minutes.</param>
/// <param name="Below">The true one is below this, in minutes; null: it is longer than a week.</param>
public sealed record DwellPercentile(double Minutes, int AtLeast, int? Below);
