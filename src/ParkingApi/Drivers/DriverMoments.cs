using Microsoft.AspNetCore.SignalR;
using NodaTime;
using Parking.Accounts;
using Parking.Admission;
using Parking.Api.Facilities;
using Parking.Codes;
using Parking.Contracts;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Stays;

namespace Parking.Api.Drivers;

/// <summary>Tells drivers who are connected to this instance what happens at gates with their codes.</summary>
internal sealed partial class DriverMoments(
    IHubContext<DriverHub, IDriverClient> hub, HolderRegistry holders, StayNames names, ILogger<DriverMoments> logger)
{
    /// <summary>
    /// Tells a driver of a decided scan, and those with whom its vehicle is shared: a code does not say which of them showed it. Never
    /// waits.
    /// </summary>
    /// <param name="decided">The scan and its holder, who must not reach a log.</param>
    /// <param name="gate">The gate at which the code was shown.</param>
    /// <param name="answer">What was decided.</param>
    /// <param name="at">When the code was shown.</param>
    public void Tell(DecidedScan decided, Gate gate, ScanAnswer answer, Instant at) => _ = SendAsync(decided, gate, answer, at);

    private async Task SendAsync(DecidedScan decided, Gate gate, ScanAnswer answer, Instant at)
    {
        try
        {
            var moment = MomentOf(gate, answer, at);
            await hub.Clients.Group(DriverHub.GroupOf(decided.Holder)).AtGate(moment);
            foreach (var member in await MembersAsync(decided))
            {
                await hub.Clients.Group(DriverHub.GroupOf(member.Holder)).AtGate(ForMembers(moment, decided.Scan));
            }
        }
        catch (Exception e)
        {
            // The gate has its answer; the driver finds the stay when they look.
            NotTold(logger, gate.Id, e);
        }
    }

    /// <summary>
    /// Who shares the vehicle of a scan now. The store is asked only about a vehicle of which this instance remembers that it is shared:
    /// the instance that minted a member's code does. So a scan of any other vehicle costs nothing more.
    /// </summary>
    private async Task<IReadOnlyList<ShareMember>> MembersAsync(DecidedScan decided) =>
        holders.RememberAccount(decided.Holder)?.MembersOf(decided.Scan.Vehicle) is { Count: > 0 }
            ? (await holders.LoadAccountAsync(decided.Holder)).MembersOf(decided.Scan.Vehicle)
            : [];

    /// <summary>
    /// What members may hear: nothing of the owner's other vehicles. An exit with a code for the shared one can end the stay of another.
    /// </summary>
    private GateMoment ForMembers(GateMoment moment, ScanEvent scan) =>
        CodeId.TryParse(moment.Stay, out var stay) && names.VehicleOf(stay) != scan.Vehicle
            ? moment with { Text = TextOf(moment.Reason.Display()), Stay = null, EnteredAt = null, ExitedAt = null, Fee = null }
            : moment;

    private static BilingualText TextOf(GateDisplay display) => new(display.Zh, display.En);

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
        Text = TextOf(answer.Display),
        Stay = answer.Stay?.Id,
        EnteredAt = answer.Stay?.EnteredAt,
        ExitedAt = answer.Stay?.ExitedAt,
        Fee = answer.Fee is { } fee ? new(fee.Total, fee.Currency) : null,
    };

    [LoggerMessage(
        1011, LogLevel.Error, "Could not tell a driver what happened at {Gate}; the gate was answered", EventName = "DriverNotTold")]
    private static partial void NotTold(ILogger logger, GateId gate, Exception exception);
}
