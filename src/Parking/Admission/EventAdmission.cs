using System.Diagnostics;
using System.Text;
using NodaTime;
using Parking.Commands;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Ports;

namespace Parking.Admission;

/// <summary>Takes in gate events one by one. Live and late events take the same path.</summary>
public sealed partial class EventAdmission(
    ScanHandler scans, DecisionTokenHandler tokens, ActHandler acts, InventoryHandler inventories, FacilityEvents facilityEvents,
    GateCommands commands, IJournalStore journals, ILogger<EventAdmission> logger)
{
    /// <remarks>
    /// An event waits if a timeline or an account that it concerns cannot be read. Its gate keeps it; the events behind it are taken in.
    /// </remarks>
    public async Task<EventResult> HandleAsync(Gate gate, JournalId journal, IncomingEvent incoming)
    {
        try
        {
            return await TakeInAsync(gate, journal, incoming);
        }
        catch (InvalidDataException e)
        {
            EventWaits(logger, gate.Facility.Id, gate.Id, journal, incoming.Seq, e.Message);
            var view = await journals.LookUpAsync(gate.Facility.Id, gate.Id, journal, []);
            return new(EventOutcome.Waiting, view.AcknowledgedThrough, Error: "what is stored for this event cannot be read");
        }
    }

    private Task<EventResult> TakeInAsync(Gate gate, JournalId journal, IncomingEvent incoming) => incoming.Event switch
    {
        null => facilityEvents.RecordUnreadableAsync(gate, IdOf(gate, journal, incoming), incoming.Content, incoming.Error!),
        ReportedScan scan => HandleAsync(gate, journal, scan, incoming.SteadyAt),
        ReportedAct act => HandleAsync(gate, journal, act, incoming.SteadyAt),
        ReportedCommand command => HandleAsync(gate, journal, command),
        ReportedIncident incident => facilityEvents.RecordAsync(gate, IdOf(gate, journal, incoming), incident, incoming.SteadyAt),
        ReportedLink link => facilityEvents.RecordAsync(gate, IdOf(gate, journal, incoming), link, incoming.SteadyAt),
        ReportedInventory inventory => inventories.HandleAsync(gate, journal, inventory, incoming.SteadyAt),
        var other => throw new UnreachableException($"{other.GetType().Name} is no event of the protocol."),
    };

    /// <summary>
    /// Handles a scan: decides it if the gate asks, records it if the gate has decided, restores it if it comes with its decision token.
    /// </summary>
    private async Task<EventResult> HandleAsync(Gate gate, JournalId journal, ReportedScan scan, Instant? steadyAt)
    {
        if (scan.Code is { } code)
        {
            return await scans.HandleAsync(IncomingScan.Of(gate, journal, scan, code, steadyAt), code, scan.Local);
        }

        var id = new GateEventId(gate.Id, journal, scan.Seq);
        return await tokens.HandleAsync(gate, id, scan.DecisionToken!) is { } outcome
            ? outcome
            : await facilityEvents.RecordUnreadableAsync(
                gate, id, Fingerprint.OfUnreadable(Encoding.UTF8.GetBytes(scan.DecisionToken!)), "the decisionToken is none of this event");
    }

    /// <remarks>If this is cut short before the command is noted, the gate got no answer, and sends the act again.</remarks>
    private async Task<EventResult> HandleAsync(Gate gate, JournalId journal, ReportedAct act, Instant? steadyAt)
    {
        var result = await acts.HandleAsync(gate, journal, act, steadyAt);
        if (act.Command is { } command && result.Outcome == EventOutcome.Recorded)
        {
            await NoteAsync(gate, CommandId.Parse(command), commands.NoteDoneAsync);
        }

        return result;
    }

    /// <remarks>As for an act of a command.</remarks>
    private async Task<EventResult> HandleAsync(Gate gate, JournalId journal, ReportedCommand reported)
    {
        var result = await facilityEvents.RecordAsync(gate, new GateEventId(gate.Id, journal, reported.Seq), reported);
        if (result.Outcome == EventOutcome.Recorded)
        {
            var command = CommandId.Parse(reported.Command);
            await (reported switch
            {
                { Step: CommandStep.Done } => NoteAsync(gate, command, commands.NoteDoneAsync),
                { Step: CommandStep.NotDone, Obstacle: { } obstacle } => NoteAsync(
                    gate, command, (_, id) => commands.NoteNotDoneAsync(gate, id, obstacle, journal, reported.Claim)),
                _ => Task.CompletedTask,
            });
        }

        return result;
    }

    /// <summary>Notes at a command what became of it. That it cannot be read is no reason to refuse the event, which is recorded.</summary>
    private async Task NoteAsync(Gate gate, CommandId command, Func<Gate, CommandId, Task> note)
    {
        try
        {
            await note(gate, command);
        }
        catch (InvalidDataException e)
        {
            CommandUnreadable(logger, gate.Id, command.Value, e.Message);
        }
    }

    [LoggerMessage(
        3014, LogLevel.Error, "What is kept of the command {Id} to {Gate} cannot be read: {Reason}", EventName = "CommandUnreadable")]
    private static partial void CommandUnreadable(ILogger logger, GateId gate, string id, string reason);

    [LoggerMessage(
        3007,
        LogLevel.Error,
        "{Facility}: event {Gate}/{Journal}/{Seq} waits, because what is stored for it cannot be read: {Reason}",
        EventName = "EventWaits")]
    private static partial void EventWaits(
        ILogger logger, FacilityId facility, GateId gate, JournalId journal, long seq, string reason);

    private static GateEventId IdOf(Gate gate, JournalId journal, IncomingEvent incoming) => new(gate.Id, journal, incoming.Seq);
}
