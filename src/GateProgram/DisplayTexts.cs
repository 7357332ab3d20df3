using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>The display texts of a gate's own states. The texts of decisions come from the service, or from the reason.</summary>
public static class DisplayTexts
{
    public static GateDisplay Welcome { get; } = new("请出示停车码", "Please show your code");

    public static GateDisplay Asking { get; } = new("正在核验", "One moment");

    public static GateDisplay OutOfOrder { get; } = new("道闸故障，请联系工作人员", "Out of order, please call the attendant");

    public static GateDisplay OpenedByHand { get; } = new("请通行", "Please pass");
}
