using System.Diagnostics;
using NodaTime;
using Parking.GateProtocol;
using Parking.Tariffs;

namespace Parking.Admission;

/// <summary>
/// The texts on the display beside the barrier. They are short: drivers read them through a windscreen, with a queue behind them.
/// </summary>
internal static class GateDisplays
{
    /// <summary>The texts for an answer. Equal answers always have equal texts.</summary>
    /// <exception cref="UnreachableException">The reason is not a known one.</exception>
    public static GateDisplay For(StoredAnswer answer) => answer.Reason switch
    {
        ScanReason.Entered => new("欢迎，请进", "Welcome"),
        ScanReason.EnteredAfterMissedExit => new("欢迎，请进。上次离场未记录", "Welcome. Your last exit was not seen"),
        ScanReason.Exited when answer is { EnteredAt: { } enteredAt, ExitedAt: { } exitedAt } => Goodbye(enteredAt, exitedAt, answer.Fee),

        // The entry is no longer known, or not yet put back.
        ScanReason.Exited => new("一路平安", "Goodbye"),
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
        ScanReason.OpenedOffline => new("请通行", "Please pass"),
        ScanReason.OfflineShut or ScanReason.OfflineLimit => new("暂不可用，请联系工作人员", "Out of service. Please call an attendant"),
        ScanReason.FacilityClosed => new("停车场已关闭", "Car park closed"),
        _ => throw new UnreachableException($"{answer.Reason} is not a reason."),
    };

    private static GateDisplay Goodbye(Instant enteredAt, Instant exitedAt, StoredFee? fee)
    {
        var (zh, en) = LengthOf(enteredAt, exitedAt);
        if (fee is null)
        {
            return new($"一路平安，停车{zh}", $"Goodbye. Parked {en}");
        }

        var amount = Wording.Money(fee.Total, fee.Currency);
        var display = new GateDisplay($"一路平安，停车{zh}，{amount}", $"Goodbye. Parked {en}, {amount}");
        return Math.Max(display.Zh.Length, display.En.Length) <= GateDisplay.MaxLength
            ? display
            : new($"一路平安，{amount}", $"Goodbye. {amount}");
    }

    /// <remarks>Both instants are rounded down to the second, as in the price: three hours paid must not read 2 h 59 min.</remarks>
    private static (string Zh, string En) LengthOf(Instant enteredAt, Instant exitedAt)
    {
        var minutes = (exitedAt.ToUnixTimeSeconds() - enteredAt.ToUnixTimeSeconds()) / 60;
        var (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
        return (days, hours) switch
        {
            (0, 0) when rest == 0 => ("不足1分钟", "under a minute"),
            (0, 0) => (Text($"{rest}分钟"), Text($"{rest} min")),
            (0, _) => (Text($"{hours}小时{rest}分"), Text($"{hours} h {rest} min")),
            _ => (Text($"{days}天{hours}小时"), Text($"{days} d {hours} h")),
        };
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
