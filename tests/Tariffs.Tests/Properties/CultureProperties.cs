using System.Globalization;
using System.Text;
using CsCheck;
using Parking.Tariffs.Documents;

namespace Parking.Tariffs.Tests.Properties;

/// <summary>Reading, pricing, explaining and writing are the same wherever the server thinks it stands.</summary>
public sealed class CultureProperties
{
    /// <summary>
    /// The build knows no cultures but the invariant one, so what matters of others is made: signs, separators, and the shape of dates.
    /// </summary>
    private static readonly CultureInfo[] Cultures =
    [
        Made("٫", "٬", "؜-", "/", ":"), // as ar-SA and fa-IR
        Made(",", ".", "-", ".", ":"), // as tr-TR and de-DE
        Made(",", " ", "−", "-", "."), // as sv-SE and fi-FI
        Made(".", ",", "-", "/", ":"), // as zh-CN
    ];

    [Fact]
    public void Quote_AnyCulture_IsTheSame() =>
        Gen.Select(PricedCase.Walkable, Gen.Int[0, Cultures.Length - 1]).SampleCases(Depth.Cases, (one, culture) =>
        {
            var here = Everything(one);
            var before = CultureInfo.CurrentCulture;
            string there;
            try
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Cultures[culture];
                there = Everything(one);
            }
            finally
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
            }

            Assert.Equal(here, there);
        });

    private static string Everything(PricedCase one)
    {
        var version = PricedCase.Read(one.Document).FindVersion(one.Version.Number)!;
        var quote = version.Quote(one.Stay);
        var text = new StringBuilder(Encoding.UTF8.GetString(TariffWriter.Write(version.Tariff)));
        text.Append(CultureInfo.InvariantCulture, $"\n{version.Price(one.Stay)} {quote.Total} {quote.Paid} {quote.Due} {quote.Rate}");
        foreach (var line in quote.Lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{line.Kind} {line.Amount} {line.Quantity} {line.Text.Zh} {line.Text.En}");
        }

        return text.ToString();
    }

    private static CultureInfo Made(string point, string group, string minus, string date, string time)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator, culture.NumberFormat.NegativeSign) =
            (point, group, minus);
        (culture.NumberFormat.CurrencyDecimalSeparator, culture.NumberFormat.CurrencySymbol) = (point, "¤¤");
        (culture.DateTimeFormat.DateSeparator, culture.DateTimeFormat.TimeSeparator) = (date, time);
        (culture.DateTimeFormat.ShortDatePattern, culture.DateTimeFormat.LongTimePattern) = ("dd/MM/yy", "h:mm");
        return culture;
    }
}
