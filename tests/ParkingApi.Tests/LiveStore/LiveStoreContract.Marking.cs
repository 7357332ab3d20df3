using Parking.GateProtocol;
using Parking.Ports;
using static Parking.Api.Tests.LiveStore.Sample;

namespace Parking.Api.Tests.LiveStore;

/// <summary>Marking: answers, and how far a journal is answered.</summary>
public abstract partial class LiveStoreContract
{
    [Fact]
    public async Task Mark_NeverReserved_KeepsTheAnswer()
    {
        var marked = await MarkAsync(1, "open");

        Assert.Equal((MarkingStatus.Kept, "open", 1), Told(marked));
        Assert.Equal((ReservationStatus.Answered, "open"), await AnswerOfAsync(1));
    }

    [Fact]
    public async Task Mark_Reserved_EndsItsBeingPendingAndLeavesItsSpace()
    {
        await Store.ReserveAsync(Facility, Pending(1), Space());

        await MarkAsync(1, "open");

        Assert.Empty(await PendingAsync());
        Assert.Equal([true], await Store.AreTakenAsync(Facility, [Scan(1)]));
    }

    [Fact]
    public async Task Mark_GivesBackSpaces_TheseAndNoOthers()
    {
        await Store.RestoreAsync(Facility, Holder, [Scan(1), Scan(2), Scan(3)]);

        await Store.MarkAsync(Facility, Scan(4), Content, Bytes("open"), [Scan(1), Scan(3), Scan(9)]);

        Assert.Equal([new Space(Scan(2), Holder)], await SpacesAsync());
        Assert.Equal([1], await Store.CountSpacesAsync([Facility]));
    }

    [Fact]
    public async Task Mark_AnsweredBefore_TheFirstAnswerStandsAndSpacesAreGivenBack()
    {
        await MarkAsync(1, "open");
        await Store.RestoreAsync(Facility, Holder, [Scan(7)]);

        var again = await Store.MarkAsync(Facility, Scan(1), Content, Bytes("refuse"), [Scan(7)]);

        Assert.Equal((MarkingStatus.KeptBefore, "open", 1), Told(again));
        Assert.Equal((ReservationStatus.Answered, "open"), await AnswerOfAsync(1));
        Assert.Empty(await SpacesAsync());
    }

    [Fact]
    public async Task Mark_OtherContentAnswered_ChangesNothing()
    {
        await MarkAsync(1, "open");
        await Store.RestoreAsync(Facility, Holder, [Scan(7)]);

        var other = await Store.MarkAsync(Facility, Scan(1), OtherContent, Bytes("refuse"), [Scan(7)]);

        Assert.Equal((MarkingStatus.OtherContent, "", 1), Told(other));
        Assert.Equal((ReservationStatus.Answered, "open"), await AnswerOfAsync(1));
        Assert.Equal([true], await Store.AreTakenAsync(Facility, [Scan(7)]));
    }

    [Fact]
    public async Task Mark_OtherContentPending_ChangesNothing()
    {
        await Store.ReserveAsync(Facility, Pending(1), Space());

        var other = await Store.MarkAsync(Facility, Scan(1), OtherContent, Bytes("refuse"), [Scan(1)]);

        Assert.Equal((MarkingStatus.OtherContent, "", 0), Told(other));
        Assert.Equal([Pending(1)], await PendingAsync());
        Assert.Equal([true], await Store.AreTakenAsync(Facility, [Scan(1)]));
    }

    [Fact]
    public async Task Mark_AnswerNoLongerKept_IsForgottenButGivesSpacesBack()
    {
        await MarkAsync(1, "open");
        await Subject.LoseAnswersAsync(Facility, Gate, Journal);
        await Store.RestoreAsync(Facility, Holder, [Scan(7)]);

        var again = await Store.MarkAsync(Facility, Scan(1), Content, Bytes("refuse"), [Scan(7)]);

        Assert.Equal((MarkingStatus.Forgotten, "", 1), Told(again));
        Assert.Empty(await SpacesAsync());
        Assert.Equal((ReservationStatus.Forgotten, ""), await AnswerOfAsync(1));
    }

    [Fact]
    public async Task Mark_PendingWithinThePrefix_KeepsTheAnswer()
    {
        await Store.ReserveAsync(Facility, Pending(3), null);
        await Store.AcknowledgeAsync(Facility, Gate, Journal, [1, 2, 3, 4, 5]);

        Assert.Equal((MarkingStatus.Kept, "open", 5), Told(await MarkAsync(3, "open")));

        Assert.Equal((ReservationStatus.Answered, "open"), await AnswerOfAsync(3));
        Assert.Empty(await PendingAsync());
    }

    [Fact]
    public async Task Mark_EmptyAnswer_IsAnAnswer()
    {
        await MarkAsync(1, "");

        Assert.Equal((ReservationStatus.Answered, ""), await AnswerOfAsync(1));
        Assert.Equal((MarkingStatus.KeptBefore, "", 1), Told(await MarkAsync(1, "open")));
    }

    [Fact]
    public async Task Mark_OutOfOrder_PrefixWaitsForTheGap()
    {
        Assert.Equal(0, (await MarkAsync(2, "b")).AcknowledgedThrough);
        Assert.Equal(0, (await MarkAsync(4, "d")).AcknowledgedThrough);
        Assert.Equal(2, (await MarkAsync(1, "a")).AcknowledgedThrough);
        Assert.Equal(2, (await Store.ReserveAsync(Facility, Pending(3), null)).AcknowledgedThrough);
        Assert.Equal(4, (await MarkAsync(3, "c")).AcknowledgedThrough);
    }

    [Fact]
    public async Task Mark_ReservedOnly_DoesNotCountIntoThePrefix()
    {
        await Store.ReserveAsync(Facility, Pending(1), null);

        Assert.Equal(0, (await MarkAsync(2, "b")).AcknowledgedThrough);
    }

    [Fact]
    public async Task Mark_ManyBuckets_KeepsEveryAnswer()
    {
        for (var seq = 1; seq <= 200; seq++)
        {
            await MarkAsync(seq, $"answer {seq}");
        }

        for (var seq = 1; seq <= 200; seq++)
        {
            Assert.Equal((ReservationStatus.Answered, $"answer {seq}"), await AnswerOfAsync(seq));
        }
    }

    [Fact]
    public async Task Mark_LargestNumbers_AreExact()
    {
        await Subject.SetPrefixAsync(Facility, Gate, Journal, EventSequence.Max - 3);

        Assert.Equal(EventSequence.Max - 3, (await MarkAsync(EventSequence.Max, "last")).AcknowledgedThrough);
        Assert.Equal(EventSequence.Max - 3, (await MarkAsync(EventSequence.Max - 1, "before")).AcknowledgedThrough);
        Assert.Equal(EventSequence.Max, (await MarkAsync(EventSequence.Max - 2, "gap")).AcknowledgedThrough);
        Assert.Equal((ReservationStatus.Answered, "last"), await AnswerOfAsync(EventSequence.Max));
    }

    [Fact]
    public async Task Mark_JournalsAndGates_HavePrefixesOfTheirOwn()
    {
        await MarkAsync(1, "a");

        var otherJournal = await Store.MarkAsync(Facility, new(Gate, new(1), 2), Content, Bytes("b"), []);
        var otherGate = await Store.MarkAsync(Facility, new(new("gate"), Journal, 2), Content, Bytes("b"), []);
        var otherFacility = await Store.MarkAsync(OtherFacility, Scan(2), Content, Bytes("b"), []);

        Assert.Equal([0, 0, 0], new[] { otherJournal, otherGate, otherFacility }.Select(marked => marked.AcknowledgedThrough));
    }

    [Fact]
    public async Task Acknowledge_Contiguous_AdvancesThePrefixAndNeverLowersIt()
    {
        await Store.AcknowledgeAsync(Facility, Gate, Journal, [2, 1, 3, 2]);
        await Store.AcknowledgeAsync(Facility, Gate, Journal, [1]);
        await Store.AcknowledgeAsync(Facility, Gate, Journal, []);

        Assert.Equal((ReservationStatus.Forgotten, 3), await ReservedAsync(3));
        Assert.Equal((ReservationStatus.Reserved, 3), await ReservedAsync(4));
    }

    [Fact]
    public async Task Acknowledge_BeyondAGap_WaitsUntilTheGapIsAnswered()
    {
        await Store.AcknowledgeAsync(Facility, Gate, Journal, [1, 2, 4, 5, 7]);

        // The gate still has 3, which must not count as answered.
        Assert.Equal((ReservationStatus.Reserved, 2), await ReservedAsync(3));
        Assert.Equal(5, (await MarkAsync(3, "c")).AcknowledgedThrough);
        Assert.Equal(7, (await MarkAsync(6, "f")).AcknowledgedThrough);
    }

    [Fact]
    public async Task Acknowledge_ClosesTheGapBeforeAnsweredOnes_CountsThemIn()
    {
        await MarkAsync(2, "b");
        await MarkAsync(4, "d");

        await Store.AcknowledgeAsync(Facility, Gate, Journal, [1, 6]);

        Assert.Equal((ReservationStatus.Reserved, 2), await ReservedAsync(3));
        Assert.Equal(4, (await MarkAsync(3, "c")).AcknowledgedThrough);
        Assert.Equal((ReservationStatus.Answered, "b"), await AnswerOfAsync(2));
    }

    [Fact]
    public async Task Acknowledge_LargestNumbers_AreExact()
    {
        await Subject.SetPrefixAsync(Facility, Gate, Journal, EventSequence.Max - 3);

        await Store.AcknowledgeAsync(Facility, Gate, Journal, [EventSequence.Max, EventSequence.Max - 2]);

        Assert.Equal(EventSequence.Max, (await MarkAsync(EventSequence.Max - 1, "gap")).AcknowledgedThrough);
    }

    [Fact]
    public async Task PassOver_CountsInWhatWasNeverKnown_AndWhatWaitsBehindIt()
    {
        await MarkAsync(3, "c");
        await MarkAsync(5, "e");
        await MarkAsync(8, "h");

        Assert.Equal(5, await Store.PassOverAsync(Facility, Gate, Journal, 4));

        Assert.Equal(6, (await MarkAsync(6, "f")).AcknowledgedThrough);
        Assert.Equal(8, (await MarkAsync(7, "g")).AcknowledgedThrough);
        Assert.Equal((ReservationStatus.Answered, "c"), await AnswerOfAsync(3));
        Assert.Equal((ReservationStatus.Forgotten, 8), await ReservedAsync(4));
    }

    [Fact]
    public async Task PassOver_NeverLowersThePrefix_AndIsExactForTheLargestNumbers()
    {
        await Subject.SetPrefixAsync(Facility, Gate, Journal, 7);

        Assert.Equal(7, await Store.PassOverAsync(Facility, Gate, Journal, 3));
        Assert.Equal(EventSequence.Max - 1, await Store.PassOverAsync(Facility, Gate, Journal, EventSequence.Max - 1));
        Assert.Equal(EventSequence.Max, (await MarkAsync(EventSequence.Max, "last")).AcknowledgedThrough);
    }

    [Fact]
    public async Task ForgetAnswers_GivenLately_KeepsThemOrLetsThemExpire()
    {
        await MarkAsync(1, "open");

        await Store.ForgetAnswersAsync(NodaTime.Instant.MinValue);

        Assert.Equal((ReservationStatus.Answered, "open"), await AnswerOfAsync(1));
    }

    [Fact]
    public async Task LoseAnswers_PendingScans_AreNotAffected()
    {
        await Store.ReserveAsync(Facility, Pending(2), Space());
        await MarkAsync(1, "open");

        await Subject.LoseAnswersAsync(Facility, Gate, Journal);

        Assert.Equal([Pending(2)], await PendingAsync());
        Assert.Equal((MarkingStatus.Kept, "open", 2), Told(await MarkAsync(2, "open")));
    }

    [Fact]
    public async Task LoseAnswers_AboveAGap_StillCountIntoThePrefix()
    {
        await MarkAsync(2, "b");
        await Subject.LoseAnswersAsync(Facility, Gate, Journal);

        Assert.Equal(2, (await MarkAsync(1, "a")).AcknowledgedThrough);
    }

    private static (MarkingStatus, string, long) Told(Marking marked) => (marked.Status, Text(marked.Answer), marked.AcknowledgedThrough);

    private Task<Marking> MarkAsync(long seq, string answer) => Store.MarkAsync(Facility, Scan(seq), Content, Bytes(answer), []);

    private async Task<(ReservationStatus, string)> AnswerOfAsync(long seq)
    {
        var reserved = await Store.ReserveAsync(Facility, Pending(seq), null);
        return (reserved.Status, Text(reserved.Answer));
    }

    private async Task<(ReservationStatus, long)> ReservedAsync(long seq)
    {
        var reserved = await Store.ReserveAsync(Facility, Pending(seq), null);
        return (reserved.Status, reserved.AcknowledgedThrough);
    }
}
