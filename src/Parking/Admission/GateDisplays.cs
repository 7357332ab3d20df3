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
    /// <remarks>An exit whose entry is no longer known, or not yet put back, has the text of its reason.</remarks>
    public static GateDisplay For(StoredAnswer answer) => answer switch
    {
        { Reason: ScanReason.Exited, EnteredAt: { } enteredAt, ExitedAt: { } exitedAt } => Goodbye(enteredAt, exitedAt, answer.Fee),
        _ => answer.Reason.Display(),
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
