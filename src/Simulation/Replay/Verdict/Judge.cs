using NodaTime;
using Parking.Simulation.Replay.Books;
using Parking.Simulation.Replay.Oracle;
using Parking.Simulation.Traces;

namespace Parking.Simulation.Replay.Verdict;

/// <summary>
/// Compares the service's data with the expected data. It does no input or output: everything was recorded and read before.
/// </summary>
internal sealed class Judge
{
    /// <summary>How long the service keeps stays that have ended.</summary>
    private static readonly Duration Kept = Duration.FromDays(30);

    private readonly ReplayRecording _recording;
    private readonly OracleBooks _oracle;
    private readonly ServiceBooks _books;
    private readonly ExpectedFees _fees;
    private readonly List<Mismatch> _mismatches = [];
    private readonly MoneyTable _money = new();
    private readonly Dictionary<OracleStay, string> _ids = [];
    private VerdictCounts _counts = new();

    private Judge(ReplayRecording recording, OracleBooks oracle, ServiceBooks books, ExpectedFees fees) =>
        (_recording, _oracle, _books, _fees) = (recording, oracle, books, fees);

    public static ReplayVerdict Decide(ReplayRecording recording, OracleBooks oracle, ServiceBooks books, ExpectedFees fees)
    {
        var judge = new Judge(recording, oracle, books, fees);
        judge.CheckDecisions();
        judge.CheckEvents();
        foreach (var driver in oracle.ByDriver.Keys.Union(books.Stays.Keys).Order(StringComparer.Ordinal))
        {
            judge.CheckStays(driver);
        }
        judge.CheckArchive();
        judge.CheckOccupancy();
        judge.CountExceptions();
        return new()
        {
            Mismatches = [.. judge._mismatches.OrderBy(mismatch => mismatch.At ?? Instant.MaxValue)],
            Counts = judge._counts,
            Conflicting = [.. oracle.Stays.Where(stay => stay.State == StayState.Conflicting).Select(ConflictingStay.Of).OrderBy(
                stay => stay.EnteredAt ?? stay.EndedAt)],
            Money = judge._money.Rows,
        };
    }

    private void CheckDecisions()
    {
        var compared = 0;
        foreach (var showing in _recording.Showings.Where(showing => showing.Expected is not null && showing.Reach == FaultReach.None))
        {
            compared++;
            if (showing.Reason != showing.Expected)
            {
                _mismatches.Add(new()
                {
                    Kind = MismatchKind.Decision,
                    At = showing.At,
                    Facility = showing.Facility,
                    Driver = showing.Driver,
                    Vehicle = showing.Vehicle,
                    Expected = WireName.Of(showing.Expected!.Value),
                    Found = showing.Reason is { } reason ? WireName.Of(reason) : StayCheck.Nothing,
                    Lines = [showing.Line],
                });
            }
        }
        _counts = _counts with
        {
            Decisions = _recording.Showings.Count,
            DecisionsCompared = compared,
            DecisionsReached = _recording.Showings.Count(showing => showing.Reach != FaultReach.None),
            DecisionsUnexpected = _recording.Showings.Count(showing => showing.Reach == FaultReach.None && showing.Expected is null),
        };
    }

    private void CheckEvents() => _mismatches.AddRange(_recording.Rejected.Select(rejected => new Mismatch
    {
        Kind = MismatchKind.RejectedEvent,
        At = rejected.At,
        Facility = rejected.Facility,
        Member = $"{rejected.Gate}, event {rejected.Seq}",
        Expected = "accepted",
        Found = rejected.Error is { } error ? $"{WireName.Of(rejected.Outcome)}: {error}" : WireName.Of(rejected.Outcome),
    }));

    private void CheckStays(string driver)
    {
        var expected = _oracle.ByDriver.GetValueOrDefault(driver) ?? [];
        var records = _books.Stays.GetValueOrDefault(driver) ?? [];
        var found = records.Where(stay => stay.Counts).ToList();
        var matching = new StayMatching(expected, found);
        var forgotten = matching.Lost.Where(MayBeForgotten).ToHashSet();
        foreach (var (stay, book) in matching.Pairs)
        {
            _mismatches.AddRange(StayCheck.Compare(stay, book));
            CheckFee(stay, book);
            _ids[stay] = book.Id;
        }
        _mismatches.AddRange(matching.Lost.Where(stay => !forgotten.Contains(stay)).Select(StayCheck.Lose));
        _mismatches.AddRange(
            matching.Doubled.Select(stay => StayCheck.Find(driver, stay, MismatchKind.DoubledStay, LinesOf(stay, expected))));
        _mismatches.AddRange(matching.Unknown.Select(stay => StayCheck.Find(driver, stay, MismatchKind.UnknownStay, [])));
        foreach (var stay in expected.Except(forgotten))
        {
            _money.Expect(stay.State, _fees.Of(stay));
        }
        foreach (var stay in found)
        {
            _money.Find(stay.State, stay.Ending == StayEnding.Open ? null : stay.Fee);
        }
        var passages = PassageCount.Of(expected.Except(forgotten), found);
        _counts = _counts with
        {
            Passages = _counts.Passages + passages.All,
            PassagesInOneStay = _counts.PassagesInOneStay + passages.InOneStay,
            PassagesLost = _counts.PassagesLost + passages.Lost,
            PassagesDoubled = _counts.PassagesDoubled + passages.Doubled,
            StaysExpected = _counts.StaysExpected + expected.Count,
            StaysFound = _counts.StaysFound + found.Count,
            StaysMatched = _counts.StaysMatched + matching.Pairs.Count,
            StaysForgotten = _counts.StaysForgotten + forgotten.Count,
            RecordsSetAside = _counts.RecordsSetAside + records.Count - found.Count,
        };
    }

    private bool MayBeForgotten(OracleStay stay) => stay.EndedAt is { } endedAt && endedAt <= _recording.Run.Ends - Kept;

    private void CheckFee(OracleStay stay, BookStay book)
    {
        if (stay.Ending != StayEnding.Exited || book.Ending == StayEnding.Exited)
        {
            _counts = _counts with { FeesCompared = _counts.FeesCompared + (stay.Ending == StayEnding.Exited ? 1 : 0) };
            if (StayCheck.CompareFee(stay, _fees.Of(stay), book) is { } mismatch)
            {
                _mismatches.Add(mismatch);
            }
        }
    }

    private void CheckArchive()
    {
        var archive = new ArchiveCheck(_oracle.Stays, _books.Archive, _ids, _fees);
        _mismatches.AddRange(archive.Mismatches);
        _counts = _counts with
        {
            StaysArchived = archive.Found,
            ArchivedMatched = archive.Matched,
            ArchivedFeesCompared = archive.FeesCompared,
        };
    }

    private static IReadOnlyList<long> LinesOf(BookStay doubled, IReadOnlyList<OracleStay> expected) =>
        expected.FirstOrDefault(stay => stay.Facility == doubled.Facility
            && (stay.EnteredAt == doubled.EnteredAt || stay.EndedAt == doubled.EndedAt))?.Lines ?? [];

    private void CheckOccupancy()
    {
        foreach (var sample in _recording.Samples.Where(sample => sample.IsQuiet))
        {
            CompareOccupancy(sample.Facility, "sample", sample.At, _oracle.Occupancy[sample.Facility].At(sample.At), sample.Occupied);
        }
        foreach (var facility in _recording.City.Facilities)
        {
            CompareOccupancy(
                facility.Id, "end", _recording.Run.Ends, _oracle.Occupancy[facility.Id].Final,
                _books.Occupied.GetValueOrDefault(facility.Id));
        }
        _counts = _counts with
        {
            SamplesCompared = _recording.Samples.Count(sample => sample.IsQuiet),
            SamplesLeftOut = _recording.Samples.Count(sample => !sample.IsQuiet),
        };
    }

    private void CountExceptions() => _counts = _counts with
    {
        PassagesLostWithDisk = _recording.Showings.Count(showing =>
            showing is { NamesHolder: true, Outcome: VehicleOutcome.Passed } && !_oracle.Lost.HasPassed(showing)),
        EventsLostWithDisk = _oracle.Lost.Count,
        DeviceCodes = _recording.Showings.Count(showing => showing.Signer == CodeSigner.Device),
        EndsUnsure = _recording.Showings.Count(showing => showing.Reach.HasFlag(FaultReach.EndUnsure)),
        LateExits = _oracle.Passages.Count(passage => passage.IsLate),
    };

    private void CompareOccupancy(string facility, string member, Instant at, int expected, int? found)
    {
        if (found != expected)
        {
            _mismatches.Add(new()
            {
                Kind = MismatchKind.Occupancy,
                At = at,
                Facility = facility,
                Member = member,
                Expected = $"{expected}",
                Found = found is { } count ? $"{count}" : StayCheck.Nothing,
            });
        }
    }
}
