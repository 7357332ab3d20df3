using System.Globalization;
using NodaTime;
using Parking.GateProtocol;

namespace Parking.Simulation.Traces.Recording;

/// <summary>
/// Which scans show the very same text: those that were refused because their code had opened a barrier, and the one that it had opened
/// for.
/// </summary>
internal sealed class CodeLabels
{
    /// <summary>By the rules of traces, scans with the same label lie within a minute.</summary>
    private static readonly Duration CodeLife = Duration.FromMinutes(1);

    private readonly Dictionary<(string?, string?, long), (string?, string?, long)> _openers = [];
    private readonly Dictionary<(string?, string?, long), string> _labels = [];

    /// <param name="scans">In order of time.</param>
    /// <param name="acts">What came of them.</param>
    public CodeLabels(IEnumerable<RecordedLine> scans, RecordedActs acts)
    {
        var opened = new Dictionary<string, RecordedLine>();
        foreach (var scan in scans.Where(scan => scan.Code is not null))
        {
            if (scan.Reason == ScanReason.CodeUsed && opened.TryGetValue(scan.Code!, out var opener) && scan.At - opener.At <= CodeLife)
            {
                _openers[scan.Identity] = opener.Identity;
                _labels.TryAdd(opener.Identity, string.Create(CultureInfo.InvariantCulture, $"c{_labels.Count + 1}"));
            }
            if (RecordedActs.Opens(scan) && acts.HasOpened(scan))
            {
                opened[scan.Code!] = scan;
            }
        }
    }

    /// <summary>The label of a scan that opened with a code which was shown again; null: it was not.</summary>
    public string? OfOpener(RecordedLine scan) => _labels.GetValueOrDefault(scan.Identity);

    /// <summary>
    /// Of a scan refused as <c>code_used</c>: the scan that had used the code, and the label of both; null: it is not in the recording, or
    /// a minute past.
    /// </summary>
    public ((string?, string?, long) Opener, string Label)? OfCopy(RecordedLine scan) =>
        _openers.TryGetValue(scan.Identity, out var opener) ? (opener, _labels[opener]) : null;
}
