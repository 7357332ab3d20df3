using Parking.Codes;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Gates;

/// <summary>A driver as simply as one can be told: inside somewhere or not. Written without a look at timelines.</summary>
internal sealed class DriverModel(HolderId id, bool antiPassback)
{
    private readonly HashSet<string> _used = [];
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
            Assert.Equal(answer with { AcknowledgedThrough = 0 }, await world.AnswerAsync(gate, scan) with { AcknowledgedThrough = 0 });
        }

        Assert.Contains(answer.Reason, Expected(move, code));
        if (answer.Decision == GateDecision.Open)
        {
            _used.Add(code);
            Inside = move.IsEntry ? move.Facility : Inside == move.Facility ? null : Inside;
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
            : [Inside == move.Facility ? ScanReason.Exited : ScanReason.MissedEntry];
    }
}
