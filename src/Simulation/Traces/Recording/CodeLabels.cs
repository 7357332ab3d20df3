using System.Globalization;
using NodaTime;
using Parking.GateProtocol;

namespace Parking.Simulation.Traces.Recording;

/// <summary>
/// Finds the scans that show the same code text: a scan refused as used, and the scan for which the code opened a barrier.
/// </summary>
internal sealed class CodeLabels
{
    /// <summary>The format of traces requires that scans with the same label are within a minute.</summary>
    private static readonly Duration CodeLife = Duration.FromMinutes(1);

    private readonly Dictionary<(string?, string?, long), (string?, string?, long)> _openers = [];
    private readonly Dictionary<(string?, string?, long), string> _labels = [];

    /// <param name="scans">In order of time.</param>
    /// <param name="acts">What happened after them.</param>
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

    /// <summary>The label of a scan that opened the barrier with a code that was shown again; null if the code was not.</summary>
    public string? OfOpener(RecordedLine scan) => _labels.GetValueOrDefault(scan.Identity);

    /// <summary>
    /// For a scan refused as <c>code_used</c>: the scan that used the code, and their common label. Null if that scan is not in the
    /// recording or is more than a minute earlier.
    /// </summary>
    public ((string?, string?, long) Opener, string Label)? OfCopy(RecordedLine scan) =>
        _openers.TryGetValue(scan.Identity, out var opener) ? (opener, _labels[opener]) : null;
}
