using Microsoft.Extensions.Logging.Abstractions;
using NodaTime.Extensions;
using Parking.Api.Occupancy;
using Parking.Api.Tests.Commands;
using Parking.Api.Tests.Gates;
using Parking.Api.Tests.Holders;
using Parking.Api.Tests.LiveStore;
using Parking.Commands;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Occupancy;

/// <summary>What screens are told of commands, whichever instance handled them.</summary>
public sealed class CommandBoardTests
{
    private static readonly JournalId Journal = new(0xaa);

    private readonly CommandStoreModel _store = new();
    private readonly GateWorld _world;
    private readonly CommandBoard _board;

    private int _drawn;

    public CommandBoardTests()
    {
        _world = new(new LiveStoreModel(), new AccountStoreModel(), commandStore: _store);
        _board = new(_world.Commands, _store, _world.City, _world.Time.ToClock(), NullLogger<CommandBoard>.Instance);
    }

    private Gate Gate => _world.City.FindGate(new("small-out-0"))!;

    [Fact]
    public async Task Refresh_TellsEachStepOnce()
    {
        await _board.RefreshAsync();
        var id = await QueueAsync();
        Assert.Equal([CommandState.Queued], await RefreshAsync());
        Assert.Empty(await RefreshAsync());

        await _world.Commands.ClaimAsync(Gate, id, Journal, 1);
        Assert.Equal([CommandState.Granted], await RefreshAsync());

        await _world.Commands.NoteDoneAsync(Gate, id);
        Assert.Equal([CommandState.Obeyed], await RefreshAsync());
        Assert.Empty(await RefreshAsync());
    }

    /// <summary>Nobody writes into the store that a command expired, or that its gate is silent.</summary>
    [Theory]
    [InlineData(false, CommandState.Expired)]
    [InlineData(true, CommandState.NothingKnown)]
    public async Task Refresh_TellsWhatOnlyTimeDecides(bool isClaimed, CommandState end)
    {
        await _board.RefreshAsync();
        var id = await QueueAsync();
        if (isClaimed)
        {
            await _world.Commands.ClaimAsync(Gate, id, Journal, 1);
        }

        await _board.RefreshAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal([end], await RefreshAsync());
        Assert.Empty(await RefreshAsync());
    }

    [Fact]
    public async Task CommandsOf_KeepsWhatEndedForAMinute_AndForgetsIt()
    {
        await _board.RefreshAsync();
        await QueueAsync();
        await _board.RefreshAsync();

        _world.Time.Advance(TimeSpan.FromSeconds(70));
        await _board.RefreshAsync();
        Assert.Equal(CommandState.Expired, Assert.Single(_board.CommandsOf([Gate.Facility])).State);
        Assert.Empty(_board.CommandsOf([.. _world.City.Facilities.Where(facility => facility.Id != Gate.Facility.Id)]));

        _world.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Empty(await RefreshAsync());
        Assert.Empty(_board.CommandsOf([Gate.Facility]));
    }

    /// <summary>What has changed while the store was out of reach, and while it woke nobody, is told afterwards.</summary>
    [Fact]
    public async Task Refresh_AfterAnOutage_TellsWhatItMissed()
    {
        _store.IsAway = true;
        Assert.Empty(await RefreshAsync());
        _store.IsAway = false;
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        await _board.RefreshAsync();

        var id = await QueueAsync();
        _store.IsAway = true;
        Assert.Empty(await RefreshAsync());
        _store.IsAway = false;
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([CommandState.Queued], await RefreshAsync());

        var version = await _store.LoadAsync(Gate.Facility.Id, id);
        var granted = CommandCodec.Decode(version.Content) with { Grant = new(Journal, 1, _world.Now) };
        _store.Overwrite(Gate.Facility.Id, id, CommandCodec.Encode(granted));
        Assert.Empty(await RefreshAsync());
        _store.Wake(Gate.Facility.Id, null);
        Assert.Equal([CommandState.Granted], await RefreshAsync());
    }

    [Fact]
    public async Task Refresh_WhileAShardIsAway_TellsWhatHappensElsewhere()
    {
        _store.AwayAt = _world.City.Facilities.First(facility => facility.Id != Gate.Facility.Id).Id;
        foreach (var _ in _world.City.Facilities)
        {
            await _board.RefreshAsync();
            _world.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await QueueAsync();

        Assert.Equal([CommandState.Queued], await RefreshAsync());
    }

    /// <summary>A damaged command is nobody else's matter.</summary>
    [Fact]
    public async Task Refresh_OfACommandThatCannotBeRead_TellsTheOthers()
    {
        await _board.RefreshAsync();
        var damaged = await QueueAsync();
        _store.Overwrite(Gate.Facility.Id, damaged, new byte[] { 0xff });
        var good = await QueueAsync();

        Assert.Equal(good, Assert.Single(await _board.RefreshAsync()).Command.Id);
    }

    private async Task<IEnumerable<CommandState>> RefreshAsync() => (await _board.RefreshAsync()).Select(news => news.State);

    private async Task<CommandId> QueueAsync()
    {
        var id = Ulids.At(_world.Now, _drawn++);
        var queued = await _world.Commands.QueueAsync(Gate, new()
        {
            Id = id,
            Gate = Gate.Id,
            Command = BarrierCommand.OpenOnce,
            Reason = "phone is broken",
            Staff = "s-1042",
            QueuedAt = _world.Now,
        });
        Assert.Equal(QueueOutcome.Queued, queued.Outcome);
        return id;
    }
}
