using Microsoft.AspNetCore.SignalR;
using NodaTime;
using Parking.Api.Facilities;
using Parking.Codes;
using Parking.Contracts;
using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Api.Drivers;

/// <summary>Tells drivers who are connected to this instance what happens at gates with their codes.</summary>
internal sealed partial class DriverMoments(IHubContext<DriverHub, IDriverClient> hub, ILogger<DriverMoments> logger)
{
    /// <summary>Tells a driver of a decided scan. Never waits, and costs nothing if the driver is not connected.</summary>
    /// <param name="holder">The driver's holder. It must not reach a log.</param>
    /// <param name="gate">The gate at which the code was shown.</param>
    /// <param name="answer">What was decided.</param>
    /// <param name="at">When the code was shown.</param>
    public void Tell(HolderId holder, Gate gate, ScanAnswer answer, Instant at) => _ = SendAsync(holder, gate, answer, at);

    private async Task SendAsync(HolderId holder, Gate gate, ScanAnswer answer, Instant at)
    {
        try
        {
            await hub.Clients.Group(DriverHub.GroupOf(holder)).AtGate(MomentOf(gate, answer, at));
        }
        catch (Exception e)
        {
            // The gate has its answer; the driver finds the stay when they look.
            NotTold(logger, gate.Id, e);
        }
    }

    private static GateMoment MomentOf(Gate gate, ScanAnswer answer, Instant at) => new()
    {
        Facility = gate.Facility.Id.Value,
        FacilityName = gate.Facility.Name.ToContract(),
        TimeZone = gate.Facility.TimeZone.Id,
        Gate = gate.Id.Value,
        Direction = gate.Direction,
        Decision = answer.Decision,
        Reason = answer.Reason,
        At = at,
        Text = new(answer.Display.Zh, answer.Display.En),
        Stay = answer.Stay?.Id,
        EnteredAt = answer.Stay?.EnteredAt,
        ExitedAt = answer.Stay?.ExitedAt,
        Fee = answer.Fee is { } fee ? new(fee.Total, fee.Currency) : null,
    };

    [LoggerMessage(
        1011, LogLevel.Error, "Could not tell a driver what happened at {Gate}; the gate was answered", EventName = "DriverNotTold")]
    private static partial void NotTold(ILogger logger, GateId gate, Exception exception);
}
