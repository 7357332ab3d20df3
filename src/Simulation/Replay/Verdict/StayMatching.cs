using NodaTime;
using Parking.Simulation.Replay.Books;
using Parking.Simulation.Replay.Oracle;

namespace Parking.Simulation.Replay.Verdict;

/// <summary>
/// Finds a driver's expected stays in the books. The service chooses the ids of stays, so they are matched by their members.
/// </summary>
internal sealed class StayMatching
{
    private const int Same = 8, Near = 4, Minor = 2, LeastTimes = 4, LeastAll = 12;

    private static readonly Duration Nearness = Duration.FromMinutes(2);

    private readonly List<(OracleStay Expected, BookStay Found)> _pairs = [];
    private readonly List<BookStay> _doubled = [];
    private readonly List<BookStay> _unknown = [];

    /// <param name="expected">The driver's expected stays.</param>
    /// <param name="found">The driver's stays in the books.</param>
    public StayMatching(IReadOnlyList<OracleStay> expected, IReadOnlyList<BookStay> found)
    {
        var (missing, left) = PairEqual(expected, found);
        PairSimilar(missing, left);
        Lost = missing;
        foreach (var stay in left)
        {
            (expected.Any(other => Likeness(other, stay) > 0) ? _doubled : _unknown).Add(stay);
        }
    }

    /// <summary>Expected stays that are in the books, possibly with wrong members.</summary>
    public IReadOnlyList<(OracleStay Expected, BookStay Found)> Pairs => _pairs;

    public IReadOnlyList<OracleStay> Lost { get; }

    /// <summary>Stays in the books that repeat another stay in the books.</summary>
    public IReadOnlyList<BookStay> Doubled => _doubled;

    public IReadOnlyList<BookStay> Unknown => _unknown;

    private (List<OracleStay> Missing, List<BookStay> Left) PairEqual(IReadOnlyList<OracleStay> expected, IReadOnlyList<BookStay> found)
    {
        var waiting = found.GroupBy(stay => (stay.Facility, stay.Vehicle, stay.EnteredAt, stay.EndedAt, stay.Ending)).ToDictionary(
            equal => equal.Key, equal => new Queue<BookStay>(equal));
        var missing = new List<OracleStay>();
        foreach (var stay in expected)
        {
            if (waiting.TryGetValue((stay.Facility, stay.Vehicle, stay.EnteredAt, stay.EndedAt, stay.Ending), out var equal)
                && equal.TryDequeue(out var book))
            {
                _pairs.Add((stay, book));
            }
            else
            {
                missing.Add(stay);
            }
        }
        return (missing, [.. waiting.Values.SelectMany(equal => equal)]);
    }

    /// <summary>Pairs the most similar stays first, so that one wrong member does not count as a lost and an unknown stay.</summary>
    private void PairSimilar(List<OracleStay> missing, List<BookStay> left)
    {
        var candidates = from stay in missing
                         from book in left
                         let likeness = Likeness(stay, book)
                         where likeness > 0
                         orderby likeness descending
                         select (stay, book);
        foreach (var (stay, book) in candidates.ToList())
        {
            if (missing.Contains(stay) && left.Contains(book))
            {
                _pairs.Add((stay, book));
                missing.Remove(stay);
                left.Remove(book);
            }
        }
    }

    /// <summary>How similar two stays are; 0 if they are too different to be the same stay.</summary>
    private static int Likeness(OracleStay stay, BookStay book)
    {
        var times = Likeness(stay.EnteredAt, book.EnteredAt) + Likeness(stay.EndedAt, book.EndedAt);
        var all = times
            + (stay.Facility == book.Facility ? Same : 0)
            + (stay.Vehicle == book.Vehicle ? Minor : 0)
            + (stay.Ending == book.Ending ? Minor : 0);
        return times >= LeastTimes && all >= LeastAll ? all : 0;
    }

    private static int Likeness(Instant? one, Instant? other) => (one, other) switch
    {
        ({ } first, { } second) when first == second => Same,
        ({ } first, { } second) when first - second < Nearness && second - first < Nearness => Near,
        _ => 0,
    };
}
