using NodaTime;
using Parking.GateProtocol;

namespace Parking.ScannerSim.Traces.Recording;

/// <summary>
/// Which decisions of a recording a service will make again that begins with empty books: those that follow from what the trace tells. What was parked when the recording began, how full a
/// facility was, and what a gate decided alone does not. Told events in order of time.
/// </summary>
internal sealed class VehicleKnowledge
{
    /// <summary>Two scans show the same text within a minute, by the rules of traces.</summary>
    private static readonly Duration CodeLife = Duration.FromMinutes(1);

    private readonly Dictionary<(string Driver, string? Vehicle), string?> _facilities = [];
    private readonly Dictionary<string, int> _told = [];
    private readonly Dictionary<string, Instant> _openedBy = [];

    /// <summary>The service was told something of a driver; the later in order of time, the later this is called.</summary>
    /// <param name="driver">Of whom.</param>
    /// <param name="order">The how-manieth thing it was that the service was told.</param>
    public void Note(string driver, int order) => _told[driver] = Math.Max(order, _told.GetValueOrDefault(driver));

    /// <summary>A code opened a barrier.</summary>
    public void NoteOpened(string code, Instant at) => _openedBy.TryAdd(code, at);

    /// <summary>Where a vehicle went: into a facility, or out of one (null).</summary>
    public void NotePassed(string driver, string? vehicle, string? facility) => _facilities[(driver, vehicle)] = facility;

    /// <summary>Whether a driver is in a facility with some vehicle.</summary>
    public bool IsIn(string driver, string facility) => _facilities.Any(one => one.Key.Driver == driver && one.Value == facility);

    /// <summary>Whether a code that is shown has opened a barrier of the recording within its life.</summary>
    public bool IsUsed(string code, Instant at) => _openedBy.TryGetValue(code, out var opened) && at - opened <= CodeLife;

    /// <summary>Whether the decision will be made again.</summary>
    /// <param name="scan">Whose code is somebody's.</param>
    /// <param name="order">The how-manieth thing it was that the service was told: what happened before and came after was not known.</param>
    public bool Explains(RecordedLine scan, int order)
    {
        var knewAll = _told.GetValueOrDefault(scan.Driver!, -1) < order;
        return scan.Reason switch
        {
            ScanReason.Expired or ScanReason.BadSignature or ScanReason.UnknownKey => true,
            ScanReason.CodeUsed => IsUsed(scan.Code!, scan.At),

            // Of a vehicle that the trace has not told of, these say that it was not parked.
            ScanReason.Entered or ScanReason.MissedEntry or ScanReason.CallAttendant => knewAll,
            ScanReason.Exited or ScanReason.EnteredAfterMissedExit or ScanReason.AlreadyParked => knewAll && _facilities.ContainsKey((scan.Driver!, scan.Vehicle)),
            _ => false,
        };
    }
}
