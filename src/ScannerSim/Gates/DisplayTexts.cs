using Parking.GateProtocol;

namespace Parking.ScannerSim.Gates;

/// <summary>What a gate's display says of its own accord. All else comes from the service.</summary>
internal static class DisplayTexts
{
    public static GateDisplay Welcome { get; } = new("请出示停车码", "Please show your code");

    public static GateDisplay Asking { get; } = new("正在核验", "One moment");

    public static GateDisplay NoAnswer { get; } = new("暂时无法核验，请稍候", "No answer yet, please wait");
}
