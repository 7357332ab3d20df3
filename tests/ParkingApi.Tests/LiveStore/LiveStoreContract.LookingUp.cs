using Parking.Ports;
using static Parking.Api.Tests.LiveStore.Sample;

namespace Parking.Api.Tests.LiveStore;

/// <summary>Looking up what is kept of a journal.</summary>
public abstract partial class LiveStoreContract
{
    [Fact]
    public async Task LookUp_OfAJournalNobodyHeardOf_IsNothing()
    {
        var view = await LookUpAsync(1, 2);

        Assert.Equal(0, view.AcknowledgedThrough);
        Assert.Equal([null, null], view.Answers);
    }

    [Fact]
    public async Task LookUp_TellsContentAndAnswerOfWhatIsAnswered_InTheOrderAskedFor()
    {
        await MarkAsync(1, "open");
        await Store.MarkAsync(Facility, Scan(3), OtherContent, AllBytes(), []);
        await Store.ReserveAsync(Facility, Pending(2), null);

        var view = await LookUpAsync(3, 1, 2, 9, 1);

        Assert.Equal(1, view.AcknowledgedThrough);
        Assert.Equal(
            [
                (OtherContent, Convert.ToHexString(AllBytes())),
                (Content, Convert.ToHexString(Bytes("open").Span)),
                null,
                null,
                (Content, Convert.ToHexString(Bytes("open").Span)),
            ],
            view.Answers.Select(kept => kept is { } one
                ? (one.Content, Convert.ToHexString(one.Answer.Span))
                : ((Parking.Events.Fingerprint, string)?)null));
    }

    [Fact]
    public async Task LookUp_OfAnEmptyAnswer_IsKeptNotNothing()
    {
        await Store.MarkAsync(Facility, Scan(1), Content, ReadOnlyMemory<byte>.Empty, []);

        Assert.True(Assert.Single((await LookUpAsync(1)).Answers) is { Answer.IsEmpty: true } kept && kept.Content == Content);
    }

    [Fact]
    public async Task LookUp_OfAnotherJournalGateOrFacility_IsNotThisOnes()
    {
        await MarkAsync(1, "open");

        var others = new[]
        {
            await Store.LookUpAsync(OtherFacility, Gate, Journal, [1]),
            await Store.LookUpAsync(Facility, new("harbour-north-in-2"), Journal, [1]),
            await Store.LookUpAsync(Facility, Gate, new(1), [1]),
        };

        Assert.All(others, view => Assert.Equal((0, null), (view.AcknowledgedThrough, Assert.Single(view.Answers))));
    }

    [Fact]
    public async Task LookUp_OfAnAnswerNoLongerKept_HasThePrefixAlone()
    {
        await MarkAsync(1, "open");
        await MarkAsync(2, "open");
        await Subject.LoseAnswersAsync(Facility, Gate, Journal);

        var view = await LookUpAsync(1, 2);

        Assert.Equal(2, view.AcknowledgedThrough);
        Assert.Equal([null, null], view.Answers);
    }

    [Fact]
    public async Task LookUp_OfNoEvents_HasThePrefixAlone()
    {
        await MarkAsync(1, "open");

        var view = await LookUpAsync();

        Assert.Equal((1, 0), (view.AcknowledgedThrough, view.Answers.Count));
    }

    private Task<JournalView> LookUpAsync(params long[] seqs) => Store.LookUpAsync(Facility, Gate, Journal, seqs);
}
