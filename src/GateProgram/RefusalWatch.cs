using System.Text.Json;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>
/// Notices that a gate refuses everybody because of their codes: then it is rather the reader, its cable or layout, the keys or the clock.
/// </summary>
internal sealed class RefusalWatch
{
    /// <summary>So many scans in a row that are refused because of the code.</summary>
    public const int Alarm = 8;

    private readonly List<ScanReason> _refused = [];

    /// <summary>Takes in the next scan.</summary>
    /// <returns>What to tell, at the scan at which it becomes an alarm; otherwise null.</returns>
    public string? Note(ScanReason reason)
    {
        if (!reason.IsOfTheCode())
        {
            _refused.Clear();
            return null;
        }
        if (_refused.Count < Alarm)
        {
            _refused.Add(reason);
            return _refused.Count == Alarm ? $"{Alarm} scans in a row refused: {Describe()}. Check reader, layout and clock" : null;
        }
        return null;
    }

    private string Describe() => string.Join(", ", _refused
        .GroupBy(reason => reason).OrderByDescending(group => group.Count()).Take(3)
        .Select(group => $"{JsonNamingPolicy.SnakeCaseLower.ConvertName(group.Key.ToString())} {group.Count()}"));
}
