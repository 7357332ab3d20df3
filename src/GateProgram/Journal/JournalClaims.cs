using Parking.GateProtocol;

namespace Parking.GateProgram.Journal;

/// <summary>The commands that a journal has claimed, as far as its live file goes back.</summary>
internal sealed class JournalClaims
{
    private readonly Dictionary<string, long> _open = [];
    private readonly HashSet<string> _known = [];

    /// <summary>The claims without an act or an end, each with the number of its event.</summary>
    public IReadOnlyDictionary<string, long> Open => _open;

    /// <summary>Every command of which the file says something.</summary>
    public IReadOnlyCollection<string> Known => _known;

    public void Take(ReportedEvent reported)
    {
        switch (reported)
        {
            case ReportedCommand { Step: CommandStep.Claimed } claim:
                _known.Add(claim.Command);
                _open[claim.Command] = claim.Seq;
                break;
            case ReportedCommand ended:
                _known.Add(ended.Command);
                _open.Remove(ended.Command);
                break;
            case ReportedAct { Command: { } command }:
                _known.Add(command);
                _open.Remove(command);
                break;
        }
    }
}
