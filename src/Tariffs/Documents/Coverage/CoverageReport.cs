using System.Collections.Immutable;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Documents.Coverage;

/// <summary>Collects the faults of one rate's bands, each with its days, and describes them.</summary>
/// <param name="bands">The bands.</param>
/// <param name="names">The day names in use.</param>
internal sealed class CoverageReport(ImmutableArray<Band> bands, DayNameSet names)
{
    /// <summary>The largest number of faults reported.</summary>
    private const int MaxFaults = 20;

    private const int MaxDaysSaid = 7;

    /// <summary>
    /// The largest number of days recorded for a fault: more than there are kinds of days, so that "all" differs from "some".
    /// </summary>
    private const int MaxDaysNoted = 32;

    private readonly Dictionary<CoverageFault, HashSet<string>> _days = [];

    public bool IsEmpty => _days.Count == 0;

    /// <summary>Describes a day whose date and previous day do not matter.</summary>
    public string WordDay(DayKind kind) => $"on {names.Describe(kind)}";

    public void Note(CoverageFault fault, string day)
    {
        if (!_days.TryGetValue(fault, out var days) && _days.Count < MaxFaults)
        {
            _days[fault] = days = [];
        }

        if (days is { Count: < MaxDaysNoted })
        {
            days.Add(day);
        }
    }

    /// <summary>Reports all faults at the list of bands.</summary>
    public void RejectAt(DocumentNode node)
    {
        var hasRest = bands.Any(band => band.ActiveTimes.IsEmpty);
        foreach (var (fault, days) in _days)
        {
            var when = $"from {Hours.Clock(fault.From)} to {Hours.Clock(fault.To)} {WordDays(days)}";
            if (fault.IsGap)
            {
                node.Reject($"no band holds {when}", ExpectedForGap(fault));
            }
            else
            {
                node.Reject($"both {Name(fault.Before)} and {Name(fault.After)} hold {when}", ExpectedForOverlap(fault, hasRest));
            }
        }
    }

    private string WordDays(HashSet<string> days)
    {
        var kinds = Enumerable.Range(1, 7).SelectMany(names.KindsOf).ToList();
        foreach (var (word, those) in new[]
        {
            ("on every day", kinds),
            ("on every workday", kinds.FindAll(kind => kind.Status == DayStatus.Workday)),
            ("on every restDay", kinds.FindAll(kind => kind.Status == DayStatus.RestDay)),
        })
        {
            if (days.SetEquals(those.Select(WordDay)))
            {
                return word;
            }
        }

        return days.Count <= MaxDaysSaid ? string.Join(", ", days) : $"{string.Join(", ", days.Take(MaxDaysSaid))} and others";
    }

    private string ExpectedForGap(CoverageFault fault)
    {
        const string rest = "a band without activeTimes for whatever the others leave";
        return (fault.Before, fault.After) switch
        {
            (null, null) => $"a band for these days, or {rest}",
            ({ } before, { } after) when before.Band == after.Band => $"{Name(before)} then too, or {rest}",
            ({ } before, { } after) =>
                $"{Name(before)} until {Hours.Clock(fault.To)}, or {Name(after)} from {Hours.Clock(fault.From)}, or {rest}",
            ({ } before, null) => $"{Name(before)} until {Hours.Clock(fault.To)}, or {rest}",
            (null, { } after) => $"{Name(after)} from {Hours.Clock(fault.From)}, or {rest}",
        };
    }

    private string ExpectedForOverlap(CoverageFault fault, bool hasRest)
    {
        var (before, after) = (fault.Before!.Value, fault.After!.Value);
        var choices = new List<string>();
        if (before.To > after.To)
        {
            choices.Add($"{Name(before)} without these hours");
        }
        else if (before.From < after.From)
        {
            choices.Add($"{Name(before)} until {Hours.Clock(fault.From)}");
        }

        if (after.To > before.To)
        {
            choices.Add($"{Name(after)} from {Hours.Clock(fault.To)}");
        }

        if (choices.Count == 0)
        {
            choices.Add("one of the two");
        }

        if (!hasRest)
        {
            choices.Add("one of the two without activeTimes, so that it gives way to the other");
        }

        return string.Join(", or ", choices);
    }

    private string Name(Hours? hours) => $"'{bands[hours!.Value.Band].Id}'";
}
