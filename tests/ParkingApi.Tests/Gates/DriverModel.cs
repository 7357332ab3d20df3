using Parking.Codes;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Gates;

/// <summary>A driver as simply as one can be told: inside somewhere or not. Written without a look at timelines.</summary>
internal sealed class DriverModel(HolderId id, bool antiPassback)
{
    private readonly HashSet<string> _used = [];

    /// <summary>Where the driver went in and was then seen to go in elsewhere: with which of the entries.</summary>
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

        ScanReason[] entry = Inside is null ? [ScanReason.Entered] : antiPassback ? [ScanReason.AlreadyParked] : [ScanReason.EnteredAfterMissedExit];
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

        // Whatever is seen there now is the last that is known of it.
        _leftBehind.Remove(move.Facility);
        Inside = move.IsEntry ? move.Facility : Inside == move.Facility ? null : Inside;
    }

    /// <summary>The entry elsewhere that seemed to show a missed exit here is the one that is still parked there: so this is the true exit.</summary>
    private bool WasLeftBehindAt(string facility) => Inside is not null && _leftBehind.GetValueOrDefault(facility) == _entries;
}
