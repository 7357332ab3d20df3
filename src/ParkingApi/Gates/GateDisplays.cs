using System.Diagnostics;
using System.Globalization;
using NodaTime;
using Parking.GateProtocol;

namespace Parking.Api.Gates;

/// <summary>What the display beside the barrier says. Short: it is read through a windscreen, with a queue behind.</summary>
internal static class GateDisplays
{
    /// <summary>The texts for an answer. The same answer always has the same texts.</summary>
    /// <exception cref="UnreachableException">The reason is none that is known.</exception>
    public static GateDisplay For(StoredAnswer answer) => answer.Reason switch
    {
        ScanReason.Entered => new("欢迎，请进", "Welcome"),
        ScanReason.EnteredAfterMissedExit => new("欢迎，请进。上次离场未记录", "Welcome. Your last exit was not seen"),
        ScanReason.Exited => Goodbye(answer.ExitedAt!.Value - answer.EnteredAt!.Value),
        ScanReason.MissedEntry => new("一路平安。入场未记录", "Goodbye. Your entry was not seen"),
        ScanReason.NotACode or ScanReason.BadEncoding or ScanReason.BadShape or ScanReason.UnsupportedAlgorithm
            => new("请出示停车码", "Please show your parking code"),
        ScanReason.UnknownKey or ScanReason.BadSignature => new("无效码，请刷新后重试", "Invalid code. Refresh and try again"),
        ScanReason.NotYetValid => new("手机时间有误，请刷新后重试", "Not valid yet. Refresh and try again"),
        ScanReason.Expired => new("码已过期，请刷新", "Code expired. Please refresh"),
        ScanReason.CodeUsed => new("码已使用，请刷新", "Code already used. Please refresh"),
        ScanReason.AlreadyParked => new("车辆已在场内", "This vehicle is already parked"),
        ScanReason.Full => new("车位已满", "Car park full"),
        ScanReason.CallAttendant => new("请稍候，正在呼叫工作人员", "Please wait for an attendant"),
        _ => throw new UnreachableException($"{answer.Reason} is not a reason."),
    };

    private static GateDisplay Goodbye(Duration parked)
    {
        var minutes = (long)parked.TotalMinutes;
        var (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
        return (days, hours) switch
        {
            (0, 0) when rest == 0 => Goodbye("不足1分钟", "under a minute"),
            (0, 0) => Goodbye($"{rest}分钟", $"{rest} min"),
            (0, _) => Goodbye($"{hours}小时{rest}分", $"{hours} h {rest} min"),
            _ => Goodbye($"{days}天{hours}小时", $"{days} d {hours} h"),
        };
    }

    private static GateDisplay Goodbye(string zh, string en) =>
        new(string.Create(CultureInfo.InvariantCulture, $"一路平安，停车{zh}"), string.Create(CultureInfo.InvariantCulture, $"Goodbye. Parked {en}"));
}
