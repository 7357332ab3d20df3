using Parking.Codes;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Gates;

/// <summary>A model of a driver, as simple as possible: inside somewhere or not. Written without looking at timelines.</summary>
internal sealed class DriverModel(HolderId id, bool antiPassback)
{
    private readonly HashSet<string> _used = [];

    /// <summary>
    /// The facilities where the driver went in and from which an entry elsewhere followed without an exit, with the number of that entry.
    /// </summary>
    private readonly Dictionary<string, int> _leftBehind = [];

    private int _entries;
    private string? _lastCode;

    public string? Inside { get; private set; }

    public async Task MakeAsync(GateWorld world, Move move, int lane)
    {
        var gate = $"{move.Facility}-{(move.IsEntry ? "in" : "out")}-{lane}";
        var code = move.ShowsOldCode && _lastCode is not null ? _lastCode : world.Mint(id);
        _lastCode = code;
        var scan = world.Shown(gate, code);

        var answer = await world.AnswerAsync(gate, scan);
        if (move.IsRepeated)
        {
            Assert.Equal(answer, await world.AnswerAsync(gate, scan));
        }

        Assert.Contains(answer.Reason, Expected(move, code));
        if (answer.Decision == GateDecision.Open)
        {
            _used.Add(code);
            Pass(move);
        }
    }

    private ScanReason[] Expected(Move move, string code)
    {
        if (_used.Contains(code))
        {
            return [ScanReason.CodeUsed];
        }

        ScanReason[] entry =
            Inside is null ? [ScanReason.Entered] : antiPassback ? [ScanReason.AlreadyParked] : [ScanReason.EnteredAfterMissedExit];
        return move.IsEntry
            ? move.Facility == "small" ? [.. entry, ScanReason.Full] : entry
            : [Inside == move.Facility || WasLeftBehindAt(move.Facility) ? ScanReason.Exited : ScanReason.MissedEntry];
    }

    private void Pass(Move move)
    {
        if (move.IsEntry)
        {
            _entries++;
            if (Inside is { } left)
            {
                _leftBehind[left] = _entries;
            }
        }

        // What is seen at this facility now is the last that is known of it.
        _leftBehind.Remove(move.Facility);
        Inside = move.IsEntry ? move.Facility : Inside == move.Facility ? null : Inside;
    }

    /// <summary>
    /// Whether the entry elsewhere that seemed to show a missed exit here is the one that is still parked there: then this is the true
    /// exit.
    /// </summary>
    private bool WasLeftBehindAt(string facility) => Inside is not null && _leftBehind.GetValueOrDefault(facility) == _entries;
}
