using NodaTime;
using Parking.Api.Gates;
using Parking.Api.Holders;
using Parking.Api.Stays;
using Parking.Codes;
using Parking.GateProtocol;

namespace Parking.Api.Recording;

/// <summary>Makes lines of what was noted: who it was comes out of the scan's receipt, and into the line as a pseudonym.</summary>
internal sealed class RecordingLines(ScanReceipts receipts, StayNames stays, HolderRegistry holders)
{
    /// <summary>The line; null for a repeated scan that the books have forgotten.</summary>
    public async ValueTask<RecordedLine?> MakeAsync(NotedEvent noted, Pseudonyms names) => noted switch
    {
        { Scan: { } answer } => answer.Receipt is { } sealedScan && receipts.Open(sealedScan, noted.Id) is { } receipt ? await ScanAsync(noted, answer.Reason, receipt, names) : null,
        { Event: ReportedAct act } => new RecordedAct { At = TimeOf(noted), Gate = GateOf(noted), Journal = JournalOf(noted), Seq = noted.Id.Seq, Act = act.Act, Scan = act.Scan },
        { Event: ReportedIncident incident } => new RecordedIncident { At = TimeOf(noted), Gate = GateOf(noted), Journal = JournalOf(noted), Seq = noted.Id.Seq, Incident = incident.Incident },
        { Event: ReportedInventory inventory } => new RecordedInventory
        {
            At = TimeOf(noted),
            Gate = GateOf(noted),
            Journal = JournalOf(noted),
            Seq = noted.Id.Seq,
            Closes = [.. (inventory.Closes ?? []).Select(name => stays.Open(CodeId.Parse(name))).Distinct().Select(stay => new ClosedStay(names.OfDriver(stay.Holder), names.OfStay(stay.Digest)))],
            Count = inventory.Count,
        },
        _ => null,
    };

    private async Task<RecordedLine> ScanAsync(NotedEvent noted, ScanReason reason, ScanReceipt receipt, Pseudonyms names)
    {
        var line = new RecordedScan { At = TimeOf(noted), Gate = GateOf(noted), Journal = JournalOf(noted), Seq = noted.Id.Seq, Reason = reason };
        if (receipt is not { Holder: { } holder, Scan: { } scan })
        {
            return line;
        }

        line = line with { At = scan.OccurredAt, Driver = names.OfDriver(holder), Code = names.OfCode(scan.Code), Stay = names.OfStay(StayNames.DigestOf(noted.Id)) };
        return scan.Vehicle.NamesVehicle
            ? line with { Vehicle = names.OfVehicle(holder, scan.Vehicle), Class = (await holders.LoadGarageAsync(holder)).ClassOf(scan.Vehicle) }
            : line;
    }

    private static Instant TimeOf(NotedEvent noted) =>
        noted is { Scan: not null, IsLate: false } ? EventTimes.OfLive(noted.ReportedAt, noted.TakenInAt) : EventTimes.OfLate(noted.ReportedAt, noted.TakenInAt);

    private static string GateOf(NotedEvent noted) => noted.Gate.Id.ToString();

    private static string JournalOf(NotedEvent noted) => noted.Id.Journal.ToString();
}
