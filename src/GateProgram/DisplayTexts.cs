using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>The display texts that a gate chooses itself. All other texts come from the service.</summary>
public static class DisplayTexts
{
    public static GateDisplay Welcome { get; } = new("请出示停车码", "Please show your code");

    public static GateDisplay Asking { get; } = new("正在核验", "One moment");

    public static GateDisplay OutOfOrder { get; } = new("道闸故障，请联系工作人员", "Out of order, please call the attendant");

    public static GateDisplay OpenedByHand { get; } = new("请通行", "Please pass");

    /// <summary>The text for a decision that the gate made without the service.</summary>
    public static GateDisplay Of(ScanReason reason) => reason switch
    {
        ScanReason.OpenedOffline => new("请通行", "Please pass"),
        ScanReason.Expired or ScanReason.NotYetValid => new("停车码已过期，请刷新", "Expired. Show a fresh code"),
        ScanReason.CodeUsed => new("停车码已使用，请刷新", "Used already. Show a fresh code"),
        ScanReason.Full => new("车位已满", "Car park full"),
        ScanReason.FacilityClosed => new("停车场暂停入场", "Closed to entries"),
        ScanReason.OfflineShut or ScanReason.OfflineLimit => new("暂时无法核验，请联系工作人员", "Cannot check now, call the attendant"),
        _ => new("无法识别此码", "This code is not valid here"),
    };
}
