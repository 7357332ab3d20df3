using Parking.Accounts;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Ports;
using Parking.Stays;
using Parking.Timelines;

namespace Parking.Admission;

/// <summary>
/// Adds to an exit the fee that its gate is told to display, and to one without a stay whether its plate is parked there under another
/// holder.
/// </summary>
/// <remarks>
/// The fee is a fact from then on, whatever becomes of the tariff's file. For the plate it reads the vehicle accounts of all who are parked
/// at the facility. Exits without a stay are rare, and nothing else needs an index of plates.
/// </remarks>
public sealed partial class ExitFacts(
    HolderRegistry holders, ISpaceStore spaces, ITimelineStore timelines, StayPricing pricing, ILogger<ExitFacts> logger)
{
    private const int AtOnce = 64;

    /// <summary>Returns the scan with what is to be added if it is such an exit; otherwise the scan unchanged.</summary>
    /// <param name="timeline">The timeline without the scan.</param>
    /// <param name="scan">The scan as it is decided.</param>
    /// <param name="holder">Whose code was shown.</param>
    public async Task<ScanEvent> AddAsync(Timeline timeline, ScanEvent scan, HolderId holder) =>
        scan is { Direction: GateDirection.Exit, Vehicle.NamesVehicle: true, Decision.Reason: not ScanReason.Exited }
            && IsMissedEntry(timeline, scan)
            && (await LoadAccountAsync(holder)).PlateOf(scan.Vehicle, scan.OccurredAt) is { } plate
            && await IsParkedByAnotherAsync(scan.Facility, plate, holder)
            ? scan with { IsPlateParkedByAnother = true }
            : WithFee(timeline, scan);

    /// <summary>A gate that decided alone knew no price.</summary>
    private ScanEvent WithFee(Timeline timeline, ScanEvent scan) =>
        scan is { Direction: GateDirection.Exit, Decision.Opens: true, IsOffline: false }
            && timeline.Add(scan).Stays.FirstOrDefault(stay => stay.EndedBy == scan.Id) is { } ended
            && pricing.TotalsOf(ended, scan.Decision.At) is { } quote
            ? scan with { Displayed = new(quote.Total, quote.Currency) }
            : scan;

    /// <summary>Whether the exit would find no stay if its vehicle went through, as it may do after a refusal, too.</summary>
    private static bool IsMissedEntry(Timeline timeline, ScanEvent scan)
    {
        var asIfOpened = scan with { Decision = scan.Decision with { Reason = ScanReason.OpenedOffline } };
        return timeline.Add(asIfOpened).Stays.Any(stay => stay.Id == scan.Id && stay.Ending == StayEnding.MissedEntry);
    }

    private async Task<bool> IsParkedByAnotherAsync(FacilityId facility, Plate plate, HolderId holder)
    {
        var parked = await spaces.SpacesAsync(facility, CancellationToken.None).Select(space => space.Holder)
            .Where(other => other != holder).Distinct().ToListAsync();
        foreach (var some in parked.Chunk(AtOnce))
        {
            var found = await Task.WhenAll(some.Select(other => HasParkedAsync(other, facility, plate)));
            if (found.Contains(true))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> HasParkedAsync(HolderId other, FacilityId facility, Plate plate)
    {
        var account = await LoadAccountAsync(other);
        if (!account.All.Any(vehicle => vehicle.Plate == plate || vehicle.Former.Any(former => former.Plate == plate)))
        {
            return false;
        }

        try
        {
            return RecentTimelines.Decode((await timelines.LoadAsync(other)).Content).Stays.Any(stay =>
                stay.IsOpen && stay.Facility == facility && account.PlateOf(stay) == plate);
        }
        catch (InvalidDataException e)
        {
            Unreadable(logger, e);
            return false;
        }
    }

    /// <summary>Loads a vehicle account. Returns an empty one if it cannot be read, since that must not keep a barrier shut.</summary>
    private async Task<VehicleAccount> LoadAccountAsync(HolderId holder)
    {
        try
        {
            return await holders.LoadAccountAsync(holder);
        }
        catch (InvalidDataException e)
        {
            Unreadable(logger, e);
            return VehicleAccount.Empty;
        }
    }

    [LoggerMessage(
        3006,
        LogLevel.Error,
        "A timeline or a vehicle account cannot be read, so an exit was recorded without comparing its plate with it",
        EventName = "PlateNotCompared")]
    private static partial void Unreadable(ILogger logger, Exception exception);
}
