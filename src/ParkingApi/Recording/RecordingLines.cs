using Parking.Accounts;
using Parking.Api.Vehicles;
using Parking.Codes;
using Parking.Contracts;
using Parking.GateProtocol;
using Parking.Stays;

namespace Parking.Api.Recording;

/// <summary>Makes the lines of a recording. Drivers, vehicles and codes appear only as pseudonyms.</summary>
internal sealed class RecordingLines(StayNames stays, HolderRegistry holders)
{
    /// <summary>The line of an event; null if recordings do not contain its kind.</summary>
    public async ValueTask<RecordedLine?> MakeAsync(NotedEvent noted, Pseudonyms names) => noted switch
    {
        { Reason: { } reason } => await ScanAsync(noted, reason, names),
        { Event: ReportedAct act } => new RecordedAct
        {
            At = noted.At,
            Gate = GateOf(noted),
            Journal = JournalOf(noted),
            Seq = noted.Id.Seq,
            Act = act.Act,
            Scan = act.Scan,
        },
        { Event: ReportedIncident incident } => new RecordedIncident
        {
            At = noted.At,
            Gate = GateOf(noted),
            Journal = JournalOf(noted),
            Seq = noted.Id.Seq,
            Incident = incident.Incident,
        },
        { Event: ReportedInventory inventory } => new RecordedInventory
        {
            At = noted.At,
            Gate = GateOf(noted),
            Journal = JournalOf(noted),
            Seq = noted.Id.Seq,
            Closes =
            [
                .. (inventory.Closes ?? [])
                    .Select(name => stays.Open(CodeId.Parse(name)))
                    .Distinct()
                    .Select(stay => new ClosedStay(names.OfDriver(stay.Holder), names.OfStay(stay.Digest))),
            ],
            Count = inventory.Count,
        },
        _ => null,
    };

    private async Task<RecordedLine> ScanAsync(NotedEvent noted, ScanReason reason, Pseudonyms names)
    {
        var line = new RecordedScan
        {
            At = noted.At,
            Gate = GateOf(noted),
            Journal = JournalOf(noted),
            Seq = noted.Id.Seq,
            Reason = reason,
        };
        if (noted.Decided is not var (holder, scan))
        {
            return line;
        }

        line = line with
        {
            At = scan.OccurredAt,
            Driver = names.OfDriver(holder),
            Code = names.OfCode(scan.Code),
            Stay = names.OfStay(noted.Id.Digest()),
        };
        if (!scan.Vehicle.NamesVehicle)
        {
            return line;
        }

        var vehicleClass = (await holders.LoadAccountAsync(holder)).ClassOf(scan.Vehicle);
        return line with { Vehicle = names.OfVehicle(holder, scan.Vehicle), Class = vehicleClass.ToContract() };
    }

    private static string GateOf(NotedEvent noted) => noted.Gate.Id.ToString();

    private static string JournalOf(NotedEvent noted) => noted.Id.Journal.ToString();
}
