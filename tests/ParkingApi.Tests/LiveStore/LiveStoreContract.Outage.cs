using Parking.Ports;
using static Parking.Api.Tests.LiveStore.Sample;

namespace Parking.Api.Tests.LiveStore;

/// <summary>The end of a process, and times without a store.</summary>
public abstract partial class LiveStoreContract
{
    [Fact]
    public async Task Restart_AfterEveryKindOfStep_KeepsEverything()
    {
        await Store.CommitAsync(Holder, 0, AllBytes());
        await Store.CommitAsync(OtherHolder, 0, Bytes("other"));
        await Store.CommitAsync(OtherHolder, 1, Bytes("newer"));
        await Store.RemoveOutgoingAsync([new(OtherHolder, 1)]);
        await Store.ReserveAsync(Facility, Pending(1), Space(capacity: 2));
        await MarkAsync(1, "open");
        await MarkAsync(3, "refuse");
        await Store.ReserveAsync(Facility, Pending(4), Space(capacity: 2));

        await Subject.RestartAsync();

        Assert.Equal(AllBytes(), (await Store.LoadAsync(Holder)).Content.ToArray());
        Assert.Equal(2, (await Store.LoadAsync(OtherHolder)).Version);
        Assert.Equal([new(OtherHolder, 2), new(Holder, 1)], (await Store.OutgoingAsync(100)).OrderBy(entry => entry.Holder.Value));
        Assert.Equal([new(Scan(1), Holder), new(Scan(4), Holder)], await SpacesAsync());
        Assert.Equal([2], await Store.CountSpacesAsync([Facility]));
        Assert.Equal([Pending(4)], await PendingAsync());
        Assert.Equal((ReservationStatus.Answered, "open"), await AnswerOfAsync(1));
        Assert.Equal(3, (await MarkAsync(2, "open")).AcknowledgedThrough);
    }

    [Fact]
    public async Task EveryMethod_StoreOutOfReach_ThrowsAndWorksAgainWhenItIsBack()
    {
        await Store.CommitAsync(Holder, 0, Bytes("before"));
        await Subject.TakeAwayAsync();
        var store = Store;

        foreach (var (name, call) in Methods(store))
        {
            Assert.True(await Record.ExceptionAsync(call) is StoreUnavailableException, name);
        }

        await Subject.BringBackAsync();

        Assert.Equal("before", Text((await RecoveredAsync(() => store.LoadAsync(Holder))).Content));
        foreach (var (name, call) in Methods(store))
        {
            Assert.True(await Record.ExceptionAsync(call) is null, name);
        }
    }

    private static IEnumerable<(string Name, Func<Task> Call)> Methods(ILiveStore store) =>
    [
        ("load", () => store.LoadAsync(Holder)),
        ("commit", () => store.CommitAsync(OtherHolder, 0, Bytes("x"))),
        ("holders", () => store.HoldersAsync(Cancelled).ToListAsync(Cancelled).AsTask()),
        ("reserve", () => store.ReserveAsync(Facility, Pending(1), Space())),
        ("look up", () => store.LookUpAsync(Facility, Gate, Journal, [1])),
        ("mark", () => store.MarkAsync(Facility, Scan(1), Content, Bytes("open"), [])),
        ("abandon", () => store.AbandonAsync(Facility, Pending(1))),
        ("give back", () => store.GiveBackAsync(Facility, [Scan(1)])),
        ("restore", () => store.RestoreAsync(Facility, Holder, [Scan(1)])),
        ("count", () => store.CountSpacesAsync([Facility])),
        ("places", () => store.SpacesAsync(Facility, Cancelled).ToListAsync(Cancelled).AsTask()),
        ("are taken", () => store.AreTakenAsync(Facility, [Scan(1)])),
        ("pending", () => store.PendingAsync(Facility, Noon, 10)),
        ("acknowledge", () => store.AcknowledgeAsync(Facility, Gate, Journal, [1])),
        ("pass over", () => store.PassOverAsync(Facility, Gate, Journal, 1)),
        ("outgoing", () => store.OutgoingAsync(10)),
        ("remove outgoing", () => store.RemoveOutgoingAsync([new(Holder, 1)])),
        ("acknowledged", () => store.AcknowledgedAsync(Facility, [new(Gate, Journal)])),
        ("load log", () => store.LoadLogAsync(Facility)),
        ("commit log", () => store.CommitLogAsync(Facility, 0, Bytes("x"))),
        ("set closed", () => store.SetClosedAsync(Facility, true)),
        ("hear", () => store.HearAsync(Facility, [new(Gate, Noon, null)])),
        ("glance", () => store.GlanceAsync([Facility])),
        ("probe", () => store.ProbeAsync(Cancelled)),
        ("life", store.LifeAsync),
    ];
}
