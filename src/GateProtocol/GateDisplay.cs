namespace Parking.GateProtocol;

/// <summary>Two short texts for the display beside the barrier, at most <see cref="MaxLength"/> characters each.</summary>
/// <param name="Zh">Simplified Chinese.</param>
/// <param name="En">English.</param>
public sealed record GateDisplay(string Zh, string En)
{
    /// <summary>The largest number of characters in either text.</summary>
    public const int MaxLength = 40;
}
