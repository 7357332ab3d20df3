using NodaTime;
using Parking.Simulation.Replay.Books;
using Parking.Simulation.Replay.Oracle;

namespace Parking.Simulation.Replay.Verdict;

/// <summary>Counts whether each passage is an end of exactly one stay in the books.</summary>
/// <param name="All">A driver's passages.</param>
/// <param name="InOneStay">Passages in exactly one stay.</param>
/// <param name="Lost">Passages in no stay.</param>
/// <param name="Doubled">How many times passages are in a stay more than once.</param>
internal readonly record struct PassageCount(int All, int InOneStay, int Lost, int Doubled)
{
    public static PassageCount Of(IEnumerable<OracleStay> expected, IEnumerable<BookStay> found)
    {
        var passages = Count(expected.SelectMany(stay => Ends(stay.Facility, stay.EnteredAt, stay.ExitedAt)));
        var ends = Count(found.SelectMany(stay => Ends(stay.Facility, stay.EnteredAt, stay.ExitedAt)));
        return new(
            passages.Values.Sum(),
            passages.Where(passage => passage.Value == ends.GetValueOrDefault(passage.Key)).Sum(passage => passage.Value),
            passages.Sum(passage => Math.Max(0, passage.Value - ends.GetValueOrDefault(passage.Key))),
            passages.Sum(passage => Math.Max(0, ends.GetValueOrDefault(passage.Key) - passage.Value)));
    }

    private static IEnumerable<(string Facility, bool IsEntry, Instant At)> Ends(string facility, Instant? enteredAt, Instant? exitedAt)
    {
        if (enteredAt is { } entry)
        {
            yield return (facility, true, entry);
        }
        if (exitedAt is { } exit)
        {
            yield return (facility, false, exit);
        }
    }

    private static Dictionary<T, int> Count<T>(IEnumerable<T> all)
        where T : notnull => all.CountBy(one => one).ToDictionary();
}
