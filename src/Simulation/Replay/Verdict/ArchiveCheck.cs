using NodaTime;
using Parking.Simulation.Replay.Books;
using Parking.Simulation.Replay.Oracle;

namespace Parking.Simulation.Replay.Verdict;

/// <summary>
/// Compares the archive with the expected stays. An archived stay names no driver: it has the id of the stay in the driver's books, or, if
/// the books have none, facility, gates, times and ending of the expected stay.
/// </summary>
internal sealed class ArchiveCheck
{
    private readonly ExpectedFees _fees;
    private readonly IReadOnlyDictionary<OracleStay, string> _ids;
    private readonly HashSet<string> _pairedIds = [];
    private readonly HashSet<Members> _pairedMembers = [];
    private readonly List<Mismatch> _mismatches = [];

    /// <param name="expected">All expected stays. The archive forgets none.</param>
    /// <param name="archive">All archived stays.</param>
    /// <param name="ids">The ids of the expected stays that are in drivers' books.</param>
    /// <param name="fees">The expected fees.</param>
    public ArchiveCheck(
        IEnumerable<OracleStay> expected, IEnumerable<ArchivedBook> archive, IReadOnlyDictionary<OracleStay, string> ids,
        ExpectedFees fees)
    {
        (_ids, _fees) = (ids, fees);
        var found = archive.Where(stay => stay.Counts).ToList();
        Found = found.Count;
        var missing = expected.ToList();
        var left = Pair(missing, found, stay => ids.GetValueOrDefault(stay), book => book.Id);
        left = Pair(missing, left, MembersOf, MembersOf);
        _mismatches.AddRange(missing.Select(stay => StayCheck.About(stay, MismatchKind.NotArchived) with
        {
            Expected = StayCheck.Describe(stay.EnteredAt, stay.EndedAt, stay.Ending),
        }));
        _mismatches.AddRange(left.Select(book => Unexpected(
            book,
            _pairedIds.Contains(book.Id) || _pairedMembers.Contains(MembersOf(book))
                ? MismatchKind.DoubledInArchive
                : MismatchKind.UnknownInArchive)));
    }

    public IReadOnlyList<Mismatch> Mismatches => _mismatches;

    /// <summary>How many archived stays there are, without those that were withdrawn or became part of another stay.</summary>
    public int Found { get; }

    /// <summary>How many expected stays are archived, with or without wrong members.</summary>
    public int Matched { get; private set; }

    /// <summary>Of how many the fee and its lines were compared.</summary>
    public int FeesCompared { get; private set; }

    /// <summary>Compares the pairs that have the same key, and removes their stays from <paramref name="missing"/>.</summary>
    /// <returns>The archived stays that are in no pair.</returns>
    private List<ArchivedBook> Pair<TKey>(
        List<OracleStay> missing, List<ArchivedBook> found, Func<OracleStay, TKey?> keyOf, Func<ArchivedBook, TKey> keyIn)
        where TKey : class
    {
        var waiting = found.GroupBy(keyIn).ToDictionary(same => same.Key, same => new Queue<ArchivedBook>(same));
        missing.RemoveAll(stay =>
        {
            if (keyOf(stay) is not { } key || !waiting.TryGetValue(key, out var same) || !same.TryDequeue(out var book))
            {
                return false;
            }
            _pairedIds.Add(book.Id);
            _pairedMembers.Add(MembersOf(book));
            Compare(stay, book);
            return true;
        });
        return [.. waiting.Values.SelectMany(same => same)];
    }

    private void Compare(OracleStay expected, ArchivedBook found)
    {
        Matched++;
        var last = found.Revisions.Count > 0 ? found.Revisions[^1] : null;
        var count = Enumerable.Range(1, found.Revision).SequenceEqual(found.Revisions.Select(revision => revision.Revision))
            ? $"{found.Revision}"
            : $"{found.Revision}, of which there are {string.Join(", ", found.Revisions.Select(revision => revision.Revision))}";
        List<(string Member, string Expected, string Found)> members =
        [
            ("id", _ids.GetValueOrDefault(expected) ?? found.Id, found.Id),
            ("facility", expected.Facility, found.Facility),
            ("entryGate", expected.Entry?.Gate ?? StayCheck.Nothing, found.EntryGate ?? StayCheck.Nothing),
            ("exitGate", expected.Exit?.Gate ?? StayCheck.Nothing, found.ExitGate ?? StayCheck.Nothing),
            ("enteredAt", StayCheck.Text(expected.EnteredAt), StayCheck.Text(found.EnteredAt)),
            ("endedAt", StayCheck.Text(expected.EndedAt), StayCheck.Text(found.EndedAt)),
            ("ending", WireName.Of(expected.Ending), WireName.Of(found.Ending)),
            ("state", WireName.Of(expected.IsOpen ? expected.StateByEvents : expected.State), WireName.Of(found.State)),
            ("unaccountedAt", StayCheck.Nothing, StayCheck.Text(found.UnaccountedAt)),
            ("revision", expected.IsOpen || found.Revision > 0 ? $"{found.Revision}" : "1 or more", count),
        ];
        if (last is not null)
        {
            // What was said last must be what is so now.
            members.Add((
                "last revision",
                Describe(found.EnteredAt, found.EndedAt, found.Ending, found.State),
                Describe(last.EnteredAt, last.EndedAt, last.Ending, last.State)));
        }
        if (!expected.IsOpen)
        {
            FeesCompared++;
            members.Add(("fee", $"{_fees.Of(expected)}", $"{last?.Fee}"));
            members.Add(("lines", Describe(_fees.LinesOf(expected)), Describe(last?.Lines)));
        }
        _mismatches.AddRange(members.Where(member => member.Expected != member.Found).Select(
            member => StayCheck.About(expected, MismatchKind.ArchivedMember) with
            {
                Member = member.Member,
                Expected = member.Expected is "" ? StayCheck.Nothing : member.Expected,
                Found = member.Found is "" ? StayCheck.Nothing : member.Found,
            }));
    }

    private static Mismatch Unexpected(ArchivedBook book, MismatchKind kind) => new()
    {
        Kind = kind,
        At = book.EnteredAt ?? book.EndedAt,
        Facility = book.Facility,
        Member = book.Id,
        Expected = StayCheck.Nothing,
        Found = StayCheck.Describe(book.EnteredAt, book.EndedAt, book.Ending),
    };

    private static string Describe(Instant? enteredAt, Instant? endedAt, StayEnding ending, StayState state) =>
        $"{StayCheck.Describe(enteredAt, endedAt, ending)} {WireName.Of(state)}";

    private static string Describe(IReadOnlyList<PriceLine>? lines) => lines is null ? "" : string.Join("; ", lines);

    private static Members MembersOf(OracleStay stay) =>
        new(stay.Facility, stay.Entry?.Gate, stay.Exit?.Gate, stay.EnteredAt, stay.EndedAt, stay.Ending);

    private static Members MembersOf(ArchivedBook book) =>
        new(book.Facility, book.EntryGate, book.ExitGate, book.EnteredAt, book.EndedAt, book.Ending);

    /// <summary>By what an expected stay is known that is not in its driver's books.</summary>
    private sealed record Members(
        string Facility, string? EntryGate, string? ExitGate, Instant? EnteredAt, Instant? EndedAt, StayEnding Ending);
}
