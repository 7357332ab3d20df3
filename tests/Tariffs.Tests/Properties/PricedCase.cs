using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using NodaTime;
using Parking.Tariffs.Documents;

namespace Parking.Tariffs.Tests.Properties;

/// <summary>A random tariff, one of its versions, and a random stay.</summary>
internal sealed record PricedCase(JsonObject Document, TariffVersion Version, ParkedStay Stay)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The stays are short enough to be walked second by second: up to twenty days, most of them to three.</summary>
    public static Gen<PricedCase> Walkable { get; } = Cases(Duration.FromDays(20));

    /// <summary>Among them are stays of up to ten years.</summary>
    public static Gen<PricedCase> OfAnyLength { get; } = Cases(ParkedStay.MaxLength - Duration.FromSeconds(1));

    /// <summary>For a failing property to print.</summary>
    public override string ToString() =>
        $"{Document.ToJsonString(Indented)}\nversion {Version.Number}\nstay {Stay}\n"
        + $"entitlements {string.Join(' ', Stay.Entitlements)}\nvalidations {string.Join(' ', Stay.Validations)}\npayments {string.Join(' ', Stay.Payments)}";

    public static Tariff Read(JsonObject document) => TariffReader.Read(Encoding.UTF8.GetBytes(document.ToJsonString()), TariffGen.Calendars);

    private static Gen<PricedCase> Cases(Duration longest) => new Drawn<PricedCase>(
        draw =>
        {
            var document = TariffGen.Document(draw);
            var version = draw.OneOf<TariffVersion>([.. Read(document).Versions]);
            return new(document, version, StayGen.Stay(draw, version, (long)longest.TotalSeconds));
        },
        found => ((ulong)found.Document.ToJsonString().Length * 1000) + (ulong)(found.Stay.ExitedAt - found.Stay.EnteredAt).TotalHours);
}
