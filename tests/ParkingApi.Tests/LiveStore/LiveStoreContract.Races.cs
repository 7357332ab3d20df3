using CsCheck;
using Parking.Events;
using Parking.Ports;
using static Parking.Api.Tests.LiveStore.Sample;

namespace Parking.Api.Tests.LiveStore;

/// <summary>Many calls at once: each step is atomic, so some order of the steps explains every outcome.</summary>
public abstract partial class LiveStoreContract
{
    [Fact]
    public async Task Reserve_SameScan64TimesAtOnce_TakesOneSpace()
    {
        var outcomes = await AtOnce(64, _ => Store.ReserveAsync(Facility, Pending(1), Space(capacity: 10)));

        Assert.All(outcomes, reserved => Assert.Equal(ReservationStatus.Reserved, reserved.Status));
        Assert.Equal([1], await Store.CountSpacesAsync([Facility]));
        Assert.Equal([Pending(1)], await PendingAsync());
    }

    [Fact]
    public async Task Reserve_100AtOnceForTenSpaces_GrantsTen()
    {
        var outcomes = await AtOnce(100, n => Store.ReserveAsync(Facility, Pending(n + 1), Space(capacity: 10)));

        Assert.Equal(10, outcomes.Count(reserved => reserved.Status == ReservationStatus.Reserved));
        Assert.Equal(90, outcomes.Count(reserved => reserved.Status == ReservationStatus.Full));
        Assert.Equal(10, (await SpacesAsync()).Count);
    }

    [Fact]
    public async Task Reserve_100AtOnce_EachIsToldAnotherCount()
    {
        var outcomes = await AtOnce(100, n => Store.ReserveAsync(Facility, Pending(n + 1), Space(capacity: 50)));

        Assert.Equal(
            Enumerable.Range(0, 50),
            outcomes.Where(reserved => reserved.Status == ReservationStatus.Reserved).Select(reserved => reserved.OthersTaken).Order());
        Assert.All(
            outcomes.Where(reserved => reserved.Status == ReservationStatus.Full), reserved => Assert.Equal(50, reserved.OthersTaken));
    }

    [Fact]
    public async Task Reserve_ManyReplaceOneSpaceOfAFullFacility_OneGetsIt()
    {
        await Store.RestoreAsync(Facility, Holder, [Scan(1)]);

        var outcomes = await AtOnce(64, n => Store.ReserveAsync(Facility, Pending(n + 2), Space(capacity: 1, replaces: Scan(1))));

        Assert.Single(outcomes, reserved => reserved.Status == ReservationStatus.Reserved);
        Assert.Equal([2], await Store.CountSpacesAsync([Facility]));
    }

    [Fact]
    public async Task Commit_ManyAtOnceFromTheSameVersion_OneWinsEachVersion()
    {
        for (var version = 0; version < 10; version++)
        {
            var won = await AtOnce(32, n => Store.CommitAsync(Holder, version, Bytes($"{version} {n}")));

            var winner = Assert.Single(Enumerable.Range(0, 32), n => won[n]);
            var loaded = await Store.LoadAsync(Holder);
            Assert.Equal((version + 1, $"{version} {winner}"), (loaded.Version, Text(loaded.Content)));
        }

        Assert.Equal(Enumerable.Range(1, 10).Select(version => new OutgoingEntry(Holder, version)), await Store.OutgoingAsync(100));
    }

    [Fact]
    public async Task Mark_SameScanManyAtOnce_OneAnswerStandsForAll()
    {
        var outcomes = await AtOnce(64, n => MarkAsync(1, $"answer {n}"));

        Assert.Single(outcomes, marked => marked.Status == MarkingStatus.Kept);
        Assert.Equal(63, outcomes.Count(marked => marked.Status == MarkingStatus.KeptBefore));
        Assert.Single(outcomes.Select(marked => Text(marked.Answer)).Distinct());
    }

    [Fact]
    public async Task Mark_AJournalAtOnce_LeavesNoGap()
    {
        var outcomes = await AtOnce(200, n => MarkAsync(n + 1, "open"));

        Assert.Equal(200, outcomes.Max(marked => marked.AcknowledgedThrough));
    }

    [Fact]
    public async Task Mark_AnyOrder_PrefixIsTheSmallestGapLessOne()
    {
        var journal = 0UL;
        await Gen.Shuffle(Enumerable.Range(1, 12).Select(n => (long)n).ToArray()).SampleCasesAsync(Depth.StoreCases, async order =>
        {
            var own = new JournalId(Interlocked.Increment(ref journal));
            var answered = new HashSet<long>();
            foreach (var seq in order)
            {
                var marked = await Store.MarkAsync(Facility, new(Gate, own, seq), Content, Bytes("open"), []);
                answered.Add(seq);
                var gap = Enumerable.Range(1, 13).First(n => !answered.Contains(n));
                Assert.Equal(gap - 1, marked.AcknowledgedThrough);
            }
        });
    }

    [Fact]
    public async Task Steps_RandomSequences_AgreeWithTheModel()
    {
        var round = 0;
        await StoreSteps.Sequences.SampleCasesAsync(Depth.StoreCases, async steps =>
        {
            // Each sequence has its own names, so that sequences can share the store.
            var names = new StoreSteps.Names(Interlocked.Increment(ref round));
            var model = new LiveStoreModel();
            foreach (var step in steps)
            {
                var expected = await step.RunAsync(model, names);
                var actual = await step.RunAsync(Store, names);
                Assert.True(expected == actual, $"{step}: the model says {expected}, the store {actual}.");
            }

            Assert.Equal(await StoreSteps.DescribeAsync(model, names), await StoreSteps.DescribeAsync(Store, names));
        });
    }

    private static async Task<T[]> AtOnce<T>(int count, Func<int, Task<T>> step)
    {
        using var start = new ManualResetEventSlim();
        var tasks = Enumerable.Range(0, count).Select(n => Task.Run(
            () =>
            {
                start.Wait(Cancelled);
                return step(n);
            },
            Cancelled)).ToList();
        start.Set();
        return await Task.WhenAll(tasks);
    }
}
