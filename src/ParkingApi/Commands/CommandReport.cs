using Parking.Api.Hosting.Audit;
using Parking.Api.Occupancy;
using Parking.Commands;
using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Api.Commands;

/// <summary>
/// Tells of every change of a command that was made through this instance: to the log, to the board of the facility, and to the audit.
/// Whoever else is to hear of commands is told here.
/// </summary>
internal sealed partial class CommandReport(OccupancyBoard board, CommandBacklog backlog, ILogger<CommandReport> logger) : ICommandWitness
{
    public void Changed(Gate gate, CommandRecord command)
    {
        board.Touch(gate.Facility);
        backlog.Add(gate.Facility.Id);
        switch (command)
        {
            case { End.Obstacle: { } obstacle }:
                NotObeyed(logger, gate.Id, command.Command, command.Id.Value, obstacle);
                break;
            case { End: { } }:
                Obeyed(logger, gate.Id, command.Command, command.Id.Value);
                break;
            case { Grant: { } grant }:
                Granted(logger, gate.Id, command.Command, command.Id.Value, $"{grant.Journal}/{grant.Seq}");
                break;
            default:
                Queued(logger, command.Staff, gate.Id, command.Command, command.Id.Value);
                break;
        }
    }

    /// <remarks>The reason is kept with the command and not logged: people write names and plates into it.</remarks>
    [LoggerMessage(3010, LogLevel.Information, "Operator {Staff} told {Gate} to {Command} ({Id})", EventName = "CommandQueued")]
    private static partial void Queued(ILogger logger, string staff, GateId gate, BarrierCommand command, string id);

    [LoggerMessage(3011, LogLevel.Information, "{Gate} may {Command} ({Id}) for its claim {Claim}", EventName = "CommandGranted")]
    private static partial void Granted(ILogger logger, GateId gate, BarrierCommand command, string id, string claim);

    [LoggerMessage(3012, LogLevel.Information, "{Gate} obeyed {Command} ({Id})", EventName = "CommandObeyed")]
    private static partial void Obeyed(ILogger logger, GateId gate, BarrierCommand command, string id);

    [LoggerMessage(3013, LogLevel.Warning, "{Gate} did not obey {Command} ({Id}): {Obstacle}", EventName = "CommandNotObeyed")]
    private static partial void NotObeyed(ILogger logger, GateId gate, BarrierCommand command, string id, CommandObstacle obstacle);
}
