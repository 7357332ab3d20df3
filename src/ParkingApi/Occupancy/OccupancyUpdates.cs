using Parking.Contracts;
using Parking.Facilities;

namespace Parking.Api.Occupancy;

/// <summary>What is said about facilities, gates and districts, scope by scope.</summary>
internal sealed class OccupancyUpdates(
    OccupancyBoard board, AlarmFeed alarmFeed, DistrictBoard districts, CommandBoard commandBoard)
{
    /// <summary>Everything in a scope.</summary>
    public OccupancyUpdate AllOf(OccupancyScope scope)
    {
        var epoch = board.Epoch;
        return new(
            scope.Name,
            epoch,
            [.. board.StatesOf(scope.Facilities).Select(state => state.ToMessage(epoch))],
            [.. board.GatesOf(scope.Facilities).Select(gate => gate.ToMessage())],
            scope.IsDistricts ? districts.All() : [],
            [.. commandBoard.CommandsOf(scope.Facilities).Select(command => command.ToMessage())],
            alarmFeed.AllIn(scope));
    }

    /// <summary>One update for each scope in which something has changed.</summary>
    /// <remarks>Only one caller at a time may call this.</remarks>
    /// <param name="changes">The facilities and gates that have changed.</param>
    /// <param name="changedCommands">The commands that have changed.</param>
    public IReadOnlyList<OccupancyUpdate> Of(BoardChanges changes, IReadOnlyList<ShownCommand> changedCommands)
    {
        var epoch = board.Epoch;
        var facilities = changes.Facilities
            .SelectMany(state => OccupancyScope.NamesFor(state.Facility), (state, scope) => (scope, state))
            .ToLookup(one => one.scope, one => one.state.ToMessage(epoch));
        var gates = changes.Gates
            .SelectMany(gate => OccupancyScope.NamesFor(gate.Gate.Facility), (gate, scope) => (scope, gate))
            .ToLookup(one => one.scope, one => one.gate.ToMessage());
        var commands = changedCommands
            .SelectMany(command => OccupancyScope.NamesFor(command.Gate.Facility), (command, scope) => (scope, command))
            .ToLookup(one => one.scope, one => one.command.ToMessage());
        var news = alarmFeed.Take();
        var alarms = news.SelectMany(alarm => alarm.Scopes, (alarm, scope) => (scope, alarm))
            .ToLookup(one => one.scope, one => one.alarm.Message);
        var sums = districts.TakeChanges(
            changes.Facilities.Select(state => state.Facility).Concat(news.Select(alarm => alarm.Facility).OfType<Facility>()));
        return
        [
            .. facilities.Select(scope => scope.Key)
                .Union(gates.Select(scope => scope.Key))
                .Union(commands.Select(scope => scope.Key))
                .Union(alarms.Select(scope => scope.Key))
                .Union(sums.Count == 0 ? (string[])[] : [OccupancyScope.Districts])
                .Select(scope => new OccupancyUpdate(
                    scope, epoch, [.. facilities[scope]], [.. gates[scope]], scope == OccupancyScope.Districts ? sums : [],
                    [.. commands[scope]], [.. alarms[scope]])),
        ];
    }
}
