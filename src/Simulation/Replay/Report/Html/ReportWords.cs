using Parking.Simulation.Replay.Oracle;
using Parking.Simulation.Replay.Verdict;

namespace Parking.Simulation.Replay.Report.Html;

/// <summary>The words of a report, in Chinese and in English.</summary>
public static class ReportWords
{
    public static (string Zh, string En) Of(MismatchKind kind) => kind switch
    {
        MismatchKind.Decision => ("放行决定不符", "Wrong decision"),
        MismatchKind.RejectedEvent => ("事件未被接受", "Rejected event"),
        MismatchKind.LostStay => ("停车记录丢失", "Lost stay"),
        MismatchKind.DoubledStay => ("停车记录重复", "Duplicate stay"),
        MismatchKind.UnknownStay => ("来历不明的记录", "Unexpected stay"),
        MismatchKind.StayMember => ("停车记录有误", "Wrong stay"),
        MismatchKind.Fee => ("费用不符", "Wrong fee"),
        MismatchKind.NotArchived => ("未归档", "Stay not archived"),
        MismatchKind.DoubledInArchive => ("归档重复", "Duplicate in the archive"),
        MismatchKind.UnknownInArchive => ("归档来历不明", "Unexpected in the archive"),
        MismatchKind.ArchivedMember => ("归档有误", "Wrong in the archive"),
        _ => ("在场数不符", "Wrong occupancy"),
    };

    public static (string Zh, string En) Of(StayState state) => state switch
    {
        StayState.Provisional => ("暂定", "provisional"),
        StayState.Settled => ("已定", "settled"),
        StayState.Conflicting => ("矛盾", "conflicting"),
        StayState.Uncollectable => ("无法收取", "uncollectable"),
        _ => ("已作废", WireName.Of(state)),
    };

    public static (string Zh, string En) Of(LatencyKind kind) => kind switch
    {
        LatencyKind.TapToOpen => ("亮码到抬杆", "tap to open"),
        LatencyKind.RoundTrip => ("网络往返", "round trip"),
        _ => ("其中服务耗时", "the service's share"),
    };

    /// <summary>The name of a lane: a kind of fault or event. Unknown kinds are shown unchanged.</summary>
    public static (string Zh, string En) OfLane(string kind)
    {
        var zh = kind switch
        {
            "drop_request" => "请求丢失",
            "drop_answer" => "应答丢失",
            "delay" => "延迟",
            "duplicate" => "重复",
            "reorder" => "乱序",
            "cut" => "断网",
            "skew" => "时钟偏差",
            "dead_clock" => "时钟归零",
            "kill_gate" => "闸机程序被杀",
            "kill_store" => "存储被杀",
            "lose_tail" => "存储丢失尾部",
            "empty_store" => "存储被清空",
            "restart_service" => "服务重启",
            "long_outage" => "服务长时间中断",
            "damage_journal" => "闸机磁盘损坏",
            "lose_archive" => "归档不可用",
            "offline_phone" => "手机断网",
            "wrong_phone_clock" => "手机时间有误",
            "remove_device" => "设备被移除",
            "sixth_device" => "绑定第六台设备",
            "inventory" => "盘点",
            "opened_by_hand" => "人工放行",
            "tailgating" => "尾随",
            "barrier_fault" => "道闸故障",
            "barrier_repaired" => "道闸修复",
            _ => "",
        };
        return (zh, kind.Replace('_', ' '));
    }

    /// <summary>An amount in the currency's main unit.</summary>
    public static string Money(string currency, long minor) => currency is "JPY" or "KRW" or "VND"
        ? $"{currency} {minor:N0}"
        : $"{currency} {minor / 100m:N2}";
}
