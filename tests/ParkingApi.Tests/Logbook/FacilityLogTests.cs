using CsCheck;
using NodaTime;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Logbook;

namespace Parking.Api.Tests.Logbook;

public sealed class FacilityLogTests
{
    private static readonly Instant Noon = Instant.FromUtc(2027, 3, 1, 12, 0);
    private static readonly GateId In = new("in-1");
    private static readonly GateId Out = new("out-1");

    /// <summary>Counts are rare, as in reality: so there is much after the last count, and some of that is old.</summary>
    private static readonly Gen<LogEntryKind> Kinds =
        Gen.Frequency((500, Gen.Enum<LogEntryKind>().Where(kind => kind != LogEntryKind.Counted)), (1, Gen.Const(LogEntryKind.Counted)));

    /// <summary>
    /// Some thousand entries of three gates over two months, so that the log is trimmed by number and by age; times and ids meet often.
    /// </summary>
    private static readonly Gen<LogEntry> Entries =
        Gen.Select(Gen.Int[0, 2], Gen.Int[1, 400], Kinds, Gen.Int[0, 60 * 24], Gen.Int[0, 50]).Select((gate, seq, kind, hour, number) =>
            Entry(new($"gate-{gate}"), seq * 10 + (int)kind, kind, Noon + Duration.FromHours(hour), number));

    [Fact]
    public void Empty_HasNoNumbers()
    {
        Assert.Equal((0, null), (FacilityLog.Empty.Numbers.Unexplained, FacilityLog.Empty.Numbers.Correction));
        Assert.Equal(GateCondition.Good, FacilityLog.Empty.Numbers.ConditionOf(In));
    }

    [Fact]
    public void Count_TakesBackWhatWasUnexplainedBeforeIt_AndCorrects()
    {
        var log = Log(
            Entry(In, 1, LogEntryKind.Tailgating, At(1)),
            Entry(In, 2, LogEntryKind.OpenedByHand, At(2)),
            Entry(Out, 1, LogEntryKind.Counted, At(3), count: 41, openStays: 40),
            Entry(In, 3, LogEntryKind.Tailgating, At(4)));

        Assert.Equal((1, 1), (log.Numbers.Unexplained, log.Numbers.Correction));
    }

    [Fact]
    public void Count_ThatComesLate_TakesBackOnlyWhatLaysBeforeIt()
    {
        var log = Log(
            Entry(In, 1, LogEntryKind.Tailgating, At(1)),
            Entry(In, 2, LogEntryKind.Tailgating, At(3)),
            Entry(In, 3, LogEntryKind.Tailgating, At(5)),
            Entry(Out, 1, LogEntryKind.Counted, At(4), count: 10, openStays: 12));

        Assert.Equal((1, -2), (log.Numbers.Unexplained, log.Numbers.Correction));
    }

    [Fact]
    public void Count_OlderThanAnother_CorrectsNothing()
    {
        var log = Log(
            Entry(In, 2, LogEntryKind.Counted, At(9), count: 10, openStays: 10),
            Entry(In, 1, LogEntryKind.Counted, At(1), count: 99, openStays: 10));

        Assert.Equal(0, log.Numbers.Correction);
    }

    [Fact]
    public void Gate_IsAsItsNewestEntriesSay()
    {
        var log = Log(
            Entry(In, 3, LogEntryKind.BarrierFault, At(3)),
            Entry(In, 1, LogEntryKind.BarrierRepaired, At(1)),
            Entry(In, 4, LogEntryKind.CameBack, At(5)),
            Entry(In, 2, LogEntryKind.WentOffline, At(4)),
            Entry(Out, 1, LogEntryKind.WentOffline, At(2)),
            Entry(Out, 2, LogEntryKind.Tailgating, At(3)));

        Assert.Equal((true, false, LogEntryKind.BarrierFault), Condition(In));
        Assert.Equal((false, true, LogEntryKind.Tailgating), Condition(Out));

        (bool, bool, LogEntryKind?) Condition(GateId gate) =>
            (
                log.Numbers.ConditionOf(gate).HasFault,
                log.Numbers.ConditionOf(gate).IsOffline,
                log.Numbers.ConditionOf(gate).LastIncident?.Kind);
    }

    [Fact]
    public void Add_KnownId_IsTheSameLog()
    {
        var log = Log(Entry(In, 1, LogEntryKind.Counted, At(1), count: 5, openStays: 4));

        Assert.Same(log, log.Add(Entry(In, 1, LogEntryKind.Counted, At(1), count: 5, openStays: 3)));
    }

    [Fact]
    public void Entry_DatedAfterItWasRecorded_HappenedWhenItWasRecorded()
    {
        var id = new GateEventId(In, new(1), 1);

        Assert.Equal(Noon, LogEntry.Incident(id, Noon + Duration.FromDays(40_000), Noon, GateIncident.Tailgating).OccurredAt);
    }

    [Fact]
    public void Trim_KeepsTheNewestOfTheLastThirtyDays()
    {
        var log = new FacilityLog(
            Enumerable.Range(1, 600)
                .Select(n => Entry(In, n, n % 2 == 0 ? LogEntryKind.WentOffline : LogEntryKind.CameBack, Noon + Duration.FromHours(n))));

        Assert.Equal(
            Enumerable.Range(101, 500).Select(n => (long)n),
            log.Trim(Noon + Duration.FromHours(600)).Entries.Select(entry => entry.Id.Seq));
        Assert.Equal(600, Assert.Single(log.Trim(Noon + Duration.FromDays(100)).Entries).Id.Seq);
        Assert.Same(FacilityLog.Empty, FacilityLog.Empty.Trim(Noon));
    }

    [Fact]
    public void Trim_KeepsUnexplainedPassagesUntilTheyAreCounted()
    {
        var log = Log(Entry(In, 1, LogEntryKind.Tailgating, At(1)), Entry(In, 2, LogEntryKind.OpenedByHand, At(2)));
        var later = Noon + Duration.FromDays(90);

        Assert.Equal(2, log.Trim(later).Numbers.Unexplained);
        Assert.Equal(
            [LogEntryKind.Counted, LogEntryKind.Tailgating],
            log.Add(Entry(Out, 1, LogEntryKind.Counted, later)).Trim(later).Entries.Select(entry => entry.Kind).Order().Reverse());
    }

    [Fact]
    public void Unexplained_IsCountedUpToItsLimit()
    {
        var log = FacilityLog.Empty;
        for (var n = 1; n <= FacilityLog.MaxUnexplained + 20; n++)
        {
            log = log.Add(Entry(In, n, LogEntryKind.Tailgating, At(n))).Trim(At(n));
        }

        Assert.Equal(FacilityLog.MaxUnexplained, log.Numbers.Unexplained);
        Assert.InRange(log.Entries.Length, FacilityLog.MaxUnexplained, FacilityLog.MaxEntries);
        Assert.Equal(
            20, log.Add(Entry(Out, 1, LogEntryKind.Counted, At(FacilityLog.MaxUnexplained), count: 1, openStays: 0)).Numbers.Unexplained);
    }

    // Order, repetition and trimming do not matter: the numbers are those of all entries together.
    [Fact]
    public void Numbers_WhateverOrderTheEntriesComeIn_AreTheSame() =>
        Gen.Select(Entries.List[0, 1200], Gen.Int, Gen.Int[1, 60]).SampleCases(
            Depth.Walks,
            (drawn, seed, trimEvery) =>
            {
                var entries = drawn.DistinctBy(entry => entry.Id).ToList();
                var random = new Random(seed);
                var log = FacilityLog.Empty;
                var step = 0;
                foreach (var entry in entries.Concat(entries.Take(entries.Count / 4)).OrderBy(_ => random.Next()).ToList())
                {
                    log = log.Add(entry);
                    if (++step % trimEvery == 0)
                    {
                        log = FacilityLogCodec.Decode(
                            FacilityLogCodec.Encode(log.Trim(Noon + Duration.FromHours(random.Next(0, 120 * 24)))));
                    }
                }

                AssertSame(NumbersByTheWords(entries), log.Numbers, entries);
                AssertSame(NumbersByTheWords(entries), log.Trim(Noon + Duration.FromDays(61)).Numbers, entries);
            });

    [Fact]
    public void Codec_EveryKindOfEntry_ReadsBackTheSame()
    {
        var log = Log(
            LogEntry.Incident(new(In, new(ulong.MaxValue), EventSequence.Max), At(1), At(2), GateIncident.Tailgating, 7, "第二辆车"),
            LogEntry.OpenedByHand(new(In, new(0), 1), At(3), At(900), "ambulance"),
            LogEntry.Link(new(Out, new(1), 2), At(4), At(4), LinkChange.WentOffline),
            LogEntry.Link(new(Out, new(1), 3), At(5), At(5), LinkChange.CameBack),
            LogEntry.Counted(new(Out, new(1), 4), Instant.FromUtc(1969, 1, 1, 0, 0), At(6), 1_000_000, 3),
            LogEntry.Counted(new(Out, new(1), 5), At(6), At(6), 0, 3));

        Assert.Equal(log.Entries, FacilityLogCodec.Decode(FacilityLogCodec.Encode(log)).Entries);
        Assert.Same(FacilityLog.Empty, FacilityLogCodec.Decode(default));
    }

    [Theory]
    [InlineData("820280")]
    [InlineData("8201")]
    [InlineData("ff")]
    [InlineData("82018181" + "18ff")]
    public void Codec_NewerOrDamaged_SaysSo(string hex) =>
        Assert.Throws<InvalidDataException>(() => FacilityLogCodec.Decode(Convert.FromHexString(hex)));

    /// <summary>What the numbers mean, once more and as plainly as possible.</summary>
    private static FacilityNumbers NumbersByTheWords(List<LogEntry> all)
    {
        LogEntry? Newest(Func<LogEntry, bool> which) => all.Where(which).MaxBy(entry => (entry.OccurredAt, entry.Id));
        var count = Newest(entry => entry.Kind == LogEntryKind.Counted);
        var unexplained = all.Count(entry => entry.IsUnexplained && (count is null || count.OccurredAt < entry.OccurredAt));
        return FacilityNumbers.None with { Unexplained = Math.Min(500, unexplained), LastCount = count };
    }

    private static void AssertSame(FacilityNumbers expected, FacilityNumbers actual, List<LogEntry> all)
    {
        Assert.Equal((expected.Unexplained, expected.LastCount), (actual.Unexplained, actual.LastCount));
        foreach (var gate in all.Select(entry => entry.Id.Gate).Distinct())
        {
            LogEntry? Newest(params LogEntryKind[] kinds) =>
                all.Where(entry => entry.Id.Gate == gate && kinds.Contains(entry.Kind)).MaxBy(entry => (entry.OccurredAt, entry.Id));
            var condition = actual.ConditionOf(gate);
            Assert.Equal(
                Newest(LogEntryKind.BarrierFault, LogEntryKind.BarrierRepaired)?.Kind == LogEntryKind.BarrierFault, condition.HasFault);
            Assert.Equal(Newest(LogEntryKind.WentOffline, LogEntryKind.CameBack)?.Kind == LogEntryKind.WentOffline, condition.IsOffline);
            Assert.Equal(
                Newest(
                    LogEntryKind.Tailgating, LogEntryKind.BarrierFault, LogEntryKind.BarrierRepaired, LogEntryKind.RefusesEverybody,
                    LogEntryKind.StorageDamaged, LogEntryKind.ManyLateExits),
                condition.LastIncident);
        }
    }

    private static FacilityLog Log(params LogEntry[] entries) => entries.Aggregate(FacilityLog.Empty, (log, entry) => log.Add(entry));

    private static Instant At(int minute) => Noon + Duration.FromMinutes(minute);

    private static LogEntry Entry(GateId gate, long seq, LogEntryKind kind, Instant at, int? count = null, int? openStays = null) =>
        LogEntry.Make(new(gate, new(0xaa), seq), kind, at, at + Duration.FromSeconds(1)) with
        {
            Count = kind == LogEntryKind.Counted ? count : null,
            OpenStays = kind == LogEntryKind.Counted ? openStays ?? 20 : null,
        };
}
