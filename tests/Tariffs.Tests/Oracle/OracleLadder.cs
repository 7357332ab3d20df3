using NodaTime;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Tests.Oracle;

/// <summary>
/// What is charged when (rules 8 to 13): looks at every second of a stay, in order, and asks whether something new is owed at it.
/// </summary>
internal sealed class OracleLadder(TariffVersion version, Rate rate, long entry, long exit, long moreFreeTime)
{
    /// <summary>Rule 8: nothing before it is charged, counted as a day, or as entering a band.</summary>
    private readonly long _chargeableStart = entry + Seconds(rate.FreeTime) + moreFreeTime;

    /// <summary>The flat rates that are owed already: by band, and by occurrence or date where they come again.</summary>
    private readonly HashSet<(string Band, long Period)> _flatsOwed = [];

    public IEnumerable<OracleCharge> Charges()
    {
        var clock = new BandClock(version, rate, entry, _chargeableStart);
        var ladderBegin = _chargeableStart;
        var occurrence = 0;
        var runningStepEnd = long.MinValue;
        for (var now = _chargeableStart; now < exit; now++)
        {
            var here = clock.Read(now);

            // Rule 12: a step is owed from its first second, so nothing new is owed while it runs: to its end, or else to the band change.
            if (now < runningStepEnd && (rate.StepAtBandChange == StepAtBandChange.RunsOn || here.Occurrence == occurrence))
            {
                continue;
            }

            if (here.Occurrence != occurrence)
            {
                occurrence = here.Occurrence;
                runningStepEnd = now;

                // Rules 11, 12 and 13.
                if (rate.LadderAtBandChange == LadderAtBandChange.Restarts || clock.IsOverstay(here))
                {
                    ladderBegin = now;
                }
            }

            OracleCharge Owed(long value, long part = 1, long of = 1) => new(now, here, clock.IsOverstay(here), value, part, of);
            switch (here.Band.Price)
            {
                case BandPrice.Flat flat:
                    // Rule 10.
                    var period = flat.Per switch { FlatPer.Stay => 0, FlatPer.Band => here.Occurrence, _ => here.Date };
                    if (_flatsOwed.Add((here.Band.Id, period)))
                    {
                        yield return Owed(flat.Value);
                    }

                    break;

                case BandPrice.Ladder ladder:
                    // Rule 9.
                    var position = now - ladderBegin;
                    var line = LineAt(ladder, position);
                    if (line.Kind == RateLineKind.ProRata)
                    {
                        yield return Owed(line.Value, part: 1, of: Seconds(line.IncrementPeriod!.Value));
                        break;
                    }

                    var (begin, end) = StepAt(line, position);
                    if (end is not { } stepEnd)
                    {
                        runningStepEnd = long.MaxValue;
                        yield return Owed(line.Value);
                        break;
                    }

                    // Rule 11: of a step that began before, the rest is owed. Rule 12: of one that is split, the part before the change.
                    runningStepEnd = now + (stepEnd - position);
                    if (rate.StepAtBandChange == StepAtBandChange.Split)
                    {
                        runningStepEnd = clock.EndOfOccurrence(now, runningStepEnd);
                    }

                    yield return Owed(line.Value, part: runningStepEnd - now, of: stepEnd - begin);
                    break;
            }
        }
    }

    private static RateLine LineAt(BandPrice.Ladder ladder, long position)
    {
        var found = ladder.Lines[0];
        foreach (var line in ladder.Lines)
        {
            found = Seconds(line.DurationStart) <= position ? line : found;
        }

        return found;
    }

    private static (long Begin, long? End) StepAt(RateLine line, long position)
    {
        var begin = Seconds(line.DurationStart);
        if (line.Kind == RateLineKind.Tier)
        {
            return (begin, line.DurationEnd is { } end ? Seconds(end) : null);
        }

        var length = Seconds(line.IncrementPeriod!.Value);
        begin += (position - begin) / length * length;
        return (begin, begin + length);
    }

    private static long Seconds(Duration duration) => (long)duration.TotalSeconds;
}
