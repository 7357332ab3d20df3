using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using NodaTime;
using Parking.Tariffs.Documents;

namespace Parking.Tariffs.Tests.Properties;

/// <summary>A random tariff, one of its versions, and a random stay.</summary>
internal sealed record PricedCase(string Document, TariffVersion Version, ParkedStay Stay)
{
    /// <summary>The stays are short enough to be walked second by second: up to twenty days, most of them to one.</summary>
    public static Gen<PricedCase> Walkable { get; } = Of(Duration.FromDays(20));

    /// <summary>Among them are stays of up to ten years.</summary>
    public static Gen<PricedCase> OfAnyLength { get; } = Of(ParkedStay.MaxLength - Duration.FromSeconds(1));

    /// <summary>Likewise, and every rate has caps.</summary>
    public static Gen<PricedCase> Capped { get; } = Of(ParkedStay.MaxLength - Duration.FromSeconds(1), capped: 100);

    /// <summary>The same stay, ending then.</summary>
    public ParkedStay Until(long second) => Stay with { ExitedAt = Instant.Max(Instant.FromUnixTimeSeconds(second), Stay.EnteredAt) };

    /// <summary>The same version of the tariff after its document was changed.</summary>
    public TariffVersion VersionAfter(Action<JsonNode> change)
    {
        var document = JsonNode.Parse(Document)!;
        change(document);
        return Read(document.ToJsonString()).FindVersion(Version.Number)!;
    }

    /// <summary>For a failing property to print.</summary>
    public override string ToString() =>
        $"""
        {Document}
        version {Version.Number}, {Stay.EnteredAt} to {Stay.ExitedAt} ({Stay.ExitedAt - Stay.EnteredAt})
        {Stay.VehicleClass}, occupancy {Stay.OccupancyPercent}; entitlements: {string.Join(' ', Stay.Entitlements)}
        validations: {string.Join(' ', Stay.Validations)}; payments: {string.Join(' ', Stay.Payments)}
        """;

    public static Tariff Read(string document) => TariffReader.Read(Encoding.UTF8.GetBytes(document), TariffGen.Calendars);

    private static Gen<PricedCase> Of(Duration longest, int capped = 45) => new Drawn<PricedCase>(
        draw =>
        {
            var document = TariffGen.Document(draw, capped).ToJsonString();
            var version = draw.OneOf<TariffVersion>([.. Read(document).Versions]);
            return new(document, version, StayGen.Stay(draw, version, (long)longest.TotalSeconds));
        },
        found => ((ulong)found.Document.Length * 1000) + (ulong)(found.Stay.ExitedAt - found.Stay.EnteredAt).TotalHours);
}
