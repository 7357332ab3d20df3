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
            "request_dropped" => "请求丢失",
            "answer_dropped" => "应答丢失",
            "delayed" => "延迟",
            "duplicated" => "重复",
            "reordered" => "乱序",
            "gate_cut" => "断网",
            "gate_killed" => "闸机掉电",
            "clock_skewed" => "时钟偏差",
            "store_killed" => "存储被杀",
            "service_restarted" => "服务重启",
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
