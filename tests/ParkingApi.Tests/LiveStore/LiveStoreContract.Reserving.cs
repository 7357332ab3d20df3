using NodaTime;
using Parking.Events;
using Parking.Ports;
using static Parking.Api.Tests.LiveStore.Sample;

namespace Parking.Api.Tests.LiveStore;

/// <summary>Reserving: binding an identity to its content, being pending, taking a space.</summary>
public abstract partial class LiveStoreContract
{
    [Fact]
    public async Task Reserve_NoSpaceAsked_BindsAndTakesNone()
    {
        var reserved = await Store.ReserveAsync(Facility, Pending(1), null);

        Assert.Equal((ReservationStatus.Reserved, 0), (reserved.Status, reserved.AcknowledgedThrough));
        Assert.Equal([Pending(1)], await PendingAsync());
        Assert.Equal([0], await Store.CountSpacesAsync([Facility]));
    }

    [Fact]
    public async Task Reserve_SpaceAskedAndFree_TakesIt()
    {
        Assert.Equal(ReservationStatus.Reserved, (await Store.ReserveAsync(Facility, Pending(1), Space(capacity: 1))).Status);

        Assert.Equal([new Space(Scan(1), Holder)], await SpacesAsync());
        Assert.Equal([1], await Store.CountSpacesAsync([Facility]));
    }

    [Fact]
    public async Task Reserve_AllSpacesTaken_IsFullAndBoundAndPending()
    {
        await Store.ReserveAsync(Facility, Pending(1), Space(capacity: 1));

        Assert.Equal(ReservationStatus.Full, (await Store.ReserveAsync(Facility, Pending(2), Space(capacity: 1))).Status);

        Assert.Equal([false], await Store.AreTakenAsync(Facility, [Scan(2)]));
        Assert.Equal([Pending(1), Pending(2)], await PendingAsync());
        var other = await Store.ReserveAsync(Facility, Pending(2) with { Content = OtherContent }, null);
        Assert.Equal(ReservationStatus.OtherContent, other.Status);
    }

    [Fact]
    public async Task Reserve_CapacityNotEnforced_TakesASpaceHoweverManyAreTaken()
    {
        await Store.ReserveAsync(Facility, Pending(1), Space(capacity: 1));

        Assert.Equal(ReservationStatus.Reserved, (await Store.ReserveAsync(Facility, Pending(2), Space(capacity: null))).Status);

        Assert.Equal([2], await Store.CountSpacesAsync([Facility]));
    }

    [Fact]
    public async Task Reserve_CapacityZero_IsFull() =>
        Assert.Equal(ReservationStatus.Full, (await Store.ReserveAsync(Facility, Pending(1), Space(capacity: 0))).Status);

    [Fact]
    public async Task Reserve_RepeatedWhenFull_KeepsItsSpaceAndIsNotedAnew()
    {
        await Store.ReserveAsync(Facility, Pending(1), Space(capacity: 1));

        var later = Pending(1) with { ReservedAt = Noon + Duration.FromHours(1) };
        var again = await Store.ReserveAsync(Facility, later, Space(capacity: 1));

        Assert.Equal(ReservationStatus.Reserved, again.Status);
        Assert.Equal([1], await Store.CountSpacesAsync([Facility]));
        Assert.Equal([later], await PendingAsync());
    }

    [Fact]
    public async Task Reserve_RepeatedAfterFull_TakesASpaceThatBecameFree()
    {
        await Store.ReserveAsync(Facility, Pending(1), Space(capacity: 1));
        await Store.ReserveAsync(Facility, Pending(2), Space(capacity: 1));
        await Store.GiveBackAsync(Facility, [Scan(1)]);

        Assert.Equal(ReservationStatus.Reserved, (await Store.ReserveAsync(Facility, Pending(2), Space(capacity: 1))).Status);

        Assert.Equal([true], await Store.AreTakenAsync(Facility, [Scan(2)]));
    }

    [Fact]
    public async Task Reserve_ReplacesATakenSpaceWhenFull_CountsItAsFreeButLeavesIt()
    {
        await Store.ReserveAsync(Facility, Pending(1), Space(capacity: 1));

        var replacing = await Store.ReserveAsync(Facility, Pending(2), Space(capacity: 1, replaces: Scan(1)));

        Assert.Equal(ReservationStatus.Reserved, replacing.Status);
        Assert.Equal([true, true], await Store.AreTakenAsync(Facility, [Scan(1), Scan(2)]));
        Assert.Equal(
            ReservationStatus.Reserved, (await Store.ReserveAsync(Facility, Pending(2), Space(capacity: 1, replaces: Scan(1)))).Status);
        Assert.Equal([2], await Store.CountSpacesAsync([Facility]));
    }

    [Fact]
    public async Task Reserve_ReplacesASpaceThatIsNotTaken_NeedsAFreeOne()
    {
        await Store.ReserveAsync(Facility, Pending(1), Space(capacity: 1));

        Assert.Equal(
            ReservationStatus.Full, (await Store.ReserveAsync(Facility, Pending(2), Space(capacity: 1, replaces: Scan(7)))).Status);
        Assert.Equal(
            ReservationStatus.Reserved, (await Store.ReserveAsync(Facility, Pending(3), Space(capacity: 2, replaces: Scan(7)))).Status);
    }

    [Fact]
    public async Task Reserve_ReplacesAndHasItsSpaceAlready_KeepsBoth()
    {
        await Store.ReserveAsync(Facility, Pending(1), Space());
        await Store.ReserveAsync(Facility, Pending(2), Space());

        Assert.Equal(
            ReservationStatus.Reserved, (await Store.ReserveAsync(Facility, Pending(2), Space(capacity: 1, replaces: Scan(1)))).Status);

        Assert.Equal([2], await Store.CountSpacesAsync([Facility]));
    }

    [Fact]
    public async Task Reserve_ReplacesItself_KeepsItsSpace()
    {
        await Store.ReserveAsync(Facility, Pending(1), Space(capacity: 1));

        Assert.Equal(
            ReservationStatus.Reserved, (await Store.ReserveAsync(Facility, Pending(1), Space(capacity: 1, replaces: Scan(1)))).Status);

        Assert.Equal([1], await Store.CountSpacesAsync([Facility]));
    }

    [Fact]
    public async Task Reserve_SpaceAsked_TellsHowManyOthersHaveOne()
    {
        var first = await Store.ReserveAsync(Facility, Pending(1), Space());
        var second = await Store.ReserveAsync(Facility, Pending(2), Space());
        var again = await Store.ReserveAsync(Facility, Pending(2), Space());
        var replacing = await Store.ReserveAsync(Facility, Pending(3), Space(replaces: Scan(1)));
        var replacingNone = await Store.ReserveAsync(Facility, Pending(4), Space(replaces: Scan(9)));
        var full = await Store.ReserveAsync(Facility, Pending(5), Space(capacity: 4));
        var noneAsked = await Store.ReserveAsync(Facility, Pending(6), null);
        var elsewhere = await Store.ReserveAsync(OtherFacility, Pending(1), Space());

        Assert.Equal(
            (0, 1, 1, 1, 3), (first.OthersTaken, second.OthersTaken, again.OthersTaken, replacing.OthersTaken, replacingNone.OthersTaken));
        Assert.Equal((4, 0, 0), (full.OthersTaken, noneAsked.OthersTaken, elsewhere.OthersTaken));
    }

    [Fact]
    public async Task Reserve_OtherContentWhilePending_ChangesNothing()
    {
        await Store.ReserveAsync(Facility, Pending(1), null);

        var other = await Store.ReserveAsync(Facility, Pending(1) with { Content = OtherContent }, Space());

        Assert.Equal(ReservationStatus.OtherContent, other.Status);
        Assert.Equal([Pending(1)], await PendingAsync());
        Assert.Empty(await SpacesAsync());
    }

    [Fact]
    public async Task Reserve_Answered_GivesTheAnswerAndChangesNothing()
    {
        await Store.MarkAsync(Facility, Scan(1), Content, AllBytes(), []);

        var again = await Store.ReserveAsync(Facility, Pending(1), Space());
        var other = await Store.ReserveAsync(Facility, Pending(1) with { Content = OtherContent }, Space());

        Assert.Equal((ReservationStatus.Answered, 1), (again.Status, again.AcknowledgedThrough));
        Assert.Equal(AllBytes(), again.Answer.ToArray());
        Assert.Equal((ReservationStatus.OtherContent, true, 1), (other.Status, other.Answer.IsEmpty, other.AcknowledgedThrough));
        Assert.Empty(await PendingAsync());
        Assert.Empty(await SpacesAsync());
    }

    [Fact]
    public async Task Reserve_AnswerNoLongerKept_IsForgottenAndChangesNothing()
    {
        await Store.MarkAsync(Facility, Scan(1), Content, Bytes("open"), []);
        await Subject.LoseAnswersAsync(Facility, Gate, Journal);

        var again = await Store.ReserveAsync(Facility, Pending(1), Space());

        Assert.Equal((ReservationStatus.Forgotten, 1), (again.Status, again.AcknowledgedThrough));
        Assert.Empty(await PendingAsync());
        Assert.Empty(await SpacesAsync());
    }

    [Fact]
    public async Task Reserve_SameScanElsewhere_IsAnotherMatter()
    {
        await Store.MarkAsync(Facility, Scan(1), Content, Bytes("open"), []);

        Assert.Equal(ReservationStatus.Reserved, (await Store.ReserveAsync(OtherFacility, Pending(1), null)).Status);
        Assert.Equal(
            ReservationStatus.Reserved, (await Store.ReserveAsync(Facility, Pending(new GateEventId(Gate, new(5), 1)), null)).Status);
        Assert.Equal(
            ReservationStatus.Reserved, (await Store.ReserveAsync(Facility, Pending(new GateEventId(new("g"), Journal, 1)), null)).Status);
    }
}
