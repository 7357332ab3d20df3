using System.Collections.Immutable;
using System.Globalization;
using Parking.Tariffs.Documents.Coverage;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Documents;

/// <summary>Checks that every second of every kind of day belongs to exactly one band of a rate.</summary>
/// <remarks>
/// <para>The bands of a day depend on the date ranges that contain it, on its weekday, and on its status in the calendar (rule 5). The
/// calendar is not known here and changes every year, so every status counts as possible. Bands cross midnight, so a day also depends on
/// the day before: the check looks at pairs of days.</para>
/// <para>It goes through the stretches of dates between the ends of ranges. The first days of a stretch represent all its days, and pairs
/// of days that were checked before are skipped. So the work grows with the number of distinct days in a rate, not with the years. If it is
/// too much, the rate is refused.</para>
/// </remarks>
internal sealed class CoverageCheck
{
    /// <summary>
    /// The work limit of one document: about a tenth of a second. A rate of 32 bands with 64 date ranges each takes a fifth of it.
    /// </summary>
    public const long MaxWork = 20_000_000;

    /// <summary>The work of describing a fault.</summary>
    private const int WorkOfFault = 100;

    /// <summary>The days checked in a stretch: the change into it, and each weekday.</summary>
    private const int DaysOfStretch = 8;

    private readonly ReadingContext _context;
    private readonly List<BandTime> _times;
    private readonly DayNameSet _names;
    private readonly bool _hasRest;
    private readonly bool _datesMatter;
    private readonly int _latestNextDay;
    private readonly DayPlans _plans = new();
    private readonly CoverageReport _report;
    private readonly Dictionary<string, (int Id, List<BandTime> Times)> _stretches = [];
    private readonly HashSet<(int Before, int Stretch, int Weekday)> _seenDays = [];
    private readonly Dictionary<(int NextDayId, int OwnId), List<CoverageFault>> _seenPairs = [];
    private bool _restHolds;

    private CoverageCheck(ImmutableArray<Band> bands, ReadingContext context)
    {
        _context = context;
        _times = [.. bands.SelectMany((band, place) => band.ActiveTimes.Select(time => new BandTime(place, time)))];
        _names = new(bands.SelectMany(band => band.ActiveTimes).SelectMany(time => time.Days));
        _datesMatter = _times.Any(time => !time.Spans.IsEmpty);
        _latestNextDay = _times.Max(time => time.NextDay?.To ?? 0);
        _hasRest = bands.Any(band => band.ActiveTimes.IsEmpty);
        _report = new(bands, _names);
    }

    /// <summary>Reports every gap and every overlap at the list of bands.</summary>
    public static void Check(DocumentNode node, ImmutableArray<Band> bands, ReadingContext context)
    {
        if (bands.All(band => band.ActiveTimes.IsEmpty))
        {
            return;
        }

        var check = new CoverageCheck(bands, context);
        if (!check.Walk() && check._report.IsEmpty)
        {
            node.Reject(
                "the bands have too many different dates and hours to be checked for gaps and overlaps",
                "fewer date ranges or active times");
            return;
        }

        check._report.RejectAt(node);
        if (check._hasRest && !check._restHolds && check._report.IsEmpty)
        {
            var rest = bands.First(band => band.ActiveTimes.IsEmpty);
            node.Reject($"the other bands leave no hour to '{rest.Id}'", "no such band, or fewer hours for the others");
        }
    }

    /// <summary>Checks all days. Returns false if the work limit was exceeded.</summary>
    private bool Walk()
    {
        var spans = _times.SelectMany(time => time.Spans).ToList();
        var boundaries = DateAxis.Boundaries(spans);
        (int Id, List<BandTime> Times)? before = null;
        for (var i = 0; i + 1 < boundaries.Length; i++)
        {
            var stretch = StretchAt(boundaries[i]);
            _context.CoverageWork += spans.Count + _times.Count;
            var end = Math.Min(boundaries[i + 1], boundaries[i] + DaysOfStretch);
            for (var day = boundaries[i]; day < end; day++)
            {
                // Day number 0 is a Monday.
                var weekday = (day % 7) + 1;
                if (before is { } previous && _seenDays.Add((previous.Id, stretch.Id, weekday)))
                {
                    CheckDay(previous, stretch, day, weekday);
                }

                before = stretch;
                if (_context.CoverageWork > MaxWork)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The times whose dates contain a stretch, and an id that is equal for equal times.</summary>
    private (int Id, List<BandTime> Times) StretchAt(int dayNumber)
    {
        var key = DateAxis.KeyOf(dayNumber);
        var holding = new List<BandTime>();
        var name = new char[_times.Count];
        for (var i = 0; i < _times.Count; i++)
        {
            var holds = _times[i].FitsDate(dayNumber, key);
            name[i] = holds ? '1' : '0';
            if (holds)
            {
                holding.Add(_times[i]);
            }
        }

        var text = new string(name);
        if (!_stretches.TryGetValue(text, out var stretch))
        {
            _stretches[text] = stretch = (_stretches.Count, holding);
        }

        return stretch;
    }

    private void CheckDay((int Id, List<BandTime> Times) before, (int Id, List<BandTime> Times) stretch, int day, int weekday)
    {
        var yesterday = weekday == 1 ? 7 : weekday - 1;
        foreach (var kind in _names.KindsOf(weekday))
        {
            var own = _plans.Of(stretch.Id, stretch.Times, kind);
            _context.CoverageWork += stretch.Times.Count;
            foreach (var kindBefore in _names.KindsOf(yesterday))
            {
                if (!_names.CanFollow(kindBefore, kind))
                {
                    continue;
                }

                foreach (var fault in FaultsOf(_plans.Of(before.Id, before.Times, kindBefore), own))
                {
                    _context.CoverageWork += WorkOfFault;
                    Note(fault, day, kind, kindBefore);
                }
            }
        }
    }

    private List<CoverageFault> FaultsOf(DayPlan before, DayPlan plan)
    {
        var pair = (before.NextDayId, plan.OwnId);
        if (!_seenPairs.TryGetValue(pair, out var faults))
        {
            _context.CoverageWork += before.NextDay.Length + plan.Own.Length;
            _seenPairs[pair] = faults = CoverageFault.Find([.. before.NextDay, .. plan.Own]);
        }

        return faults;
    }

    private void Note(CoverageFault fault, int day, DayKind kind, DayKind kindBefore)
    {
        if (fault.IsGap && _hasRest)
        {
            _restHolds = true;
            return;
        }

        var words = _datesMatter
            ? $"on {DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, {_names.Describe(kind)}"
            : _report.WordDay(kind);

        // The kind of the day before is named if it matters and the weekday does not determine it.
        var after = fault.From < _latestNextDay && _names.AskCalendar ? $" after {_names.Describe(kindBefore)}" : "";
        _report.Note(fault, words + after);
    }
}
