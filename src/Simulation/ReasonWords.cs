using System.Text.Json;
using Parking.GateProtocol;

namespace Parking.Simulation;

/// <summary>The names of reasons: as the protocol writes them, and in Chinese.</summary>
public static class ReasonWords
{
    public static string En(ScanReason reason) => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());

    public static string Zh(ScanReason reason) => reason switch
    {
        ScanReason.Entered => "入场",
        ScanReason.EnteredAfterMissedExit => "入场(补离场)",
        ScanReason.Exited => "离场",
        ScanReason.MissedEntry => "离场(无入场)",
        ScanReason.OpenedOffline => "离线放行",
        ScanReason.NotACode => "不是停车码",
        ScanReason.BadEncoding => "编码有误",
        ScanReason.BadShape => "格式有误",
        ScanReason.UnsupportedAlgorithm => "算法不支持",
        ScanReason.UnknownKey => "密钥未知",
        ScanReason.BadSignature => "签名不符",
        ScanReason.NotYetValid => "尚未生效",
        ScanReason.Expired => "已过期",
        ScanReason.CodeUsed => "已使用",
        ScanReason.AlreadyParked => "已在场内",
        ScanReason.Full => "车位已满",
        ScanReason.CallAttendant => "呼叫人工",
        ScanReason.OfflineShut => "离线不放行",
        ScanReason.OfflineLimit => "离线放行已满",
        ScanReason.FacilityClosed => "停车场已关闭",
        _ => "未知",
    };
}
