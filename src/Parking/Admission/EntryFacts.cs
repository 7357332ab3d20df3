using Parking.Accounts;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Admission;

/// <summary>Adds to an entry the facts that its price depends on.</summary>
public sealed partial class EntryFacts(HolderRegistry holders, ILogger<EntryFacts> logger)
{
    /// <summary>
    /// Returns the scan with its terms if it is an entry where parking has a price; otherwise the scan unchanged. A refused entry has them
    /// too: a person may have opened, or the gate before the answer came.
    /// </summary>
    /// <param name="othersTaken">
    /// How many other spaces were taken, as the reservation counted them. For an entry that is recorded late nobody knows this, and 0 is
    /// assumed: a driver pays no surcharge for what nobody could see.
    /// </param>
    public async Task<ScanEvent> AddAsync(ScanEvent scan, Facility facility, HolderId holder, int othersTaken) =>
        scan.Direction == GateDirection.Entry && facility.Tariff is not null
            ? scan with { Terms = TermsOf(scan, facility, await LoadAccountAsync(scan.Id, holder), othersTaken) }
            : scan;

    /// <summary>The terms of an entry; null where parking has no price.</summary>
    private static EntryTerms? TermsOf(ScanEvent entry, Facility facility, VehicleAccount account, int othersTaken) =>
        facility.Tariff?.InForceAt(entry.OccurredAt) is { } version
            ? new(version.Number, account.ClassOf(entry.Vehicle), (int)(othersTaken * 100L / facility.Capacity), account.Entitlements)
            : null;

    /// <summary>
    /// Loads the holder's vehicle account. Returns an empty one if it cannot be read, since a price must not keep a barrier shut.
    /// </summary>
    private async Task<VehicleAccount> LoadAccountAsync(GateEventId scan, HolderId holder)
    {
        try
        {
            return await holders.LoadAccountAsync(holder);
        }
        catch (InvalidDataException e)
        {
            VehicleAccountUnreadable(logger, e, scan);
            return VehicleAccount.Empty;
        }
    }

    [LoggerMessage(
        3003,
        LogLevel.Error,
        "{Scan}: the holder's vehicle account cannot be read, so the stay is priced as a car without entitlements",
        EventName = "VehicleAccountUnreadable")]
    private static partial void VehicleAccountUnreadable(ILogger logger, Exception exception, GateEventId scan);
}
