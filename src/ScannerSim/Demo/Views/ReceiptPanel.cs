using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Parking.Simulation.Demo;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Parking.ScannerSim.Demo.Views;

/// <summary>Draws a receipt: entry and exit times, the lines of the fee, and the total.</summary>
internal static class ReceiptPanel
{
    private static readonly ZonedDateTimePattern Clock = ZonedDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss", null);

    public static IRenderable Create(Receipt receipt, DateTimeZone zone)
    {
        var lines = new Table().NoBorder().HideHeaders().AddColumn("zh").AddColumn("en").AddColumn(
            new TableColumn("amount").RightAligned().NoWrap());
        foreach (var line in receipt.Lines)
        {
            lines.AddRow(line.Text.Zh.EscapeMarkup(), line.Text.En.EscapeMarkup(), Money(line.Amount, receipt.Currency));
        }

        lines.AddRow("[bold]合计[/]", "[bold]Total[/]", $"[bold]{Money(receipt.Total, receipt.Currency)}[/]");
        var when = $"{Clock.Format(receipt.EnteredAt.InZone(zone))} → {Clock.Format(receipt.ExitedAt.InZone(zone))}";
        return new Panel(new Rows(new Text(when + (receipt.Plate is { } plate ? $"  {plate}" : "")), lines))
        {
            Header = new($" {Title(receipt).EscapeMarkup()} "),
            Border = BoxBorder.Rounded,
        };
    }

    /// <summary>Formats an amount in minor units. Only CNY has a format; other currencies are written as hundredths.</summary>
    internal static string Money(decimal amount, string currency) => currency == "CNY"
        ? (amount / 100).ToString("¥0.00####;-¥0.00####", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{amount} {currency}/100");

    private static string Title(Receipt receipt) => receipt.IsReal
        ? $"停车收据 Receipt · {receipt.Facility.Zh} {receipt.Facility.En}"
        : $"如停更久 For a longer stay · {receipt.Facility.Zh} {receipt.Facility.En}";
}
