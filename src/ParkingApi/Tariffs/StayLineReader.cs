using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Parking.Api.Hosting.Ndjson;
using Parking.Tariffs;
using Parking.Tariffs.Documents;

namespace Parking.Api.Tariffs;

/// <summary>Reads a stay to be priced from a line of JSON.</summary>
internal static class StayLineReader
{
    /// <summary>The longest line. A stay with all fields takes a few hundred bytes.</summary>
    public const int MaxBytes = 8 * 1024;

    private const int MaxIds = 32;
    private const int MaxPayments = 50;
    private const int MaxOccupancyPercent = 1000;
    private const int MaxDepth = 8;
    private const long MaxPayment = 10_000_000_000;
    private const string ExpectedInstant = "RFC 3339, such as 2026-05-04T08:30:15Z or 2026-05-04T16:30:15+08:00, of the years 1900 to 2199";
    private const string ExpectedSlug = "a text";

    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = MaxDepth };

    /// <summary>Reads a stay that this tariff can price.</summary>
    /// <param name="line">The line without its line feed.</param>
    /// <param name="tariff">The tariff that prices the stay.</param>
    /// <param name="stay">The stay; null if the line has an error.</param>
    /// <param name="error">The first error of the line.</param>
    public static bool TryRead(
        NdjsonLine line, Tariff tariff, [NotNullWhen(true)] out StayLine? stay, [NotNullWhen(false)] out DocumentError? error)
    {
        (stay, error) = line.IsTooLong
            ? (null, new("$", "the line is too long", $"at most {MaxBytes} bytes"))
            : Parse(line.Bytes, tariff);
        return error is null;
    }

    private static (StayLine? Stay, DocumentError? Error) Parse(ReadOnlySequence<byte> json, Tariff tariff)
    {
        try
        {
            using var document = JsonDocument.Parse(json, JsonOptions);
            var errors = new List<DocumentError>();
            var stay = Read(document.RootElement, errors, tariff);
            return (stay, errors.FirstOrDefault());
        }
        catch (JsonException e)
        {
            return (null, new("$", e.Message.TrimEnd('.'), "a stay in JSON, on a line of its own"));
        }
    }

    /// <summary>Null only if it has added an error.</summary>
    private static StayLine? Read(JsonElement element, List<DocumentError> errors, Tariff tariff)
    {
        var node = new DocumentNode(element, "$", errors);
        if (!node.IsObject("enteredAt", "exitedAt", "vehicleClass", "entitlements", "occupancyPercent", "validations", "payments")
            || ReadInstant(node.Required("enteredAt", ExpectedInstant)) is not { } enteredAt
            || ReadInstant(node.Required("exitedAt", ExpectedInstant)) is not { } exitedAt)
        {
            return null;
        }

        CheckLength(node, enteredAt, exitedAt);
        if (tariff.InForceAt(enteredAt) is not { } version)
        {
            node.Reject("enteredAt", "no version of the tariff is in force then", ExpectedEntry(tariff));
            return null;
        }

        var stay = new ParkedStay
        {
            EnteredAt = enteredAt,
            ExitedAt = exitedAt,
            VehicleClass = ReadVehicleClass(node),
            Entitlements =
            [
                .. ItemsOf(node, element, "entitlements", "up to 32 entitlements", MaxIds).Select(item => item.Text(ExpectedSlug) ?? ""),
            ],
            OccupancyPercent = (int?)node.Optional("occupancyPercent")?.WholeNumber(0, MaxOccupancyPercent),
            Validations = ReadValidations(node, element, version),
            Payments = ReadPayments(node, element, enteredAt),
        };
        return new(stay, version);
    }

    private static string ExpectedEntry(Tariff tariff) => (tariff.Versions[0].ValidityStart, tariff.Versions[^1].ValidityEnd) switch
    {
        ({ } start, { } end) => $"from {start} on and before {end}",
        ({ } start, null) => $"from {start} on",
        (_, var end) => $"before {end}",
    };

    private static void CheckLength(DocumentNode node, Instant enteredAt, Instant exitedAt)
    {
        if (exitedAt < enteredAt)
        {
            node.Reject("exitedAt", "the stay ends before it begins", "not before enteredAt");
        }
        else if (exitedAt - enteredAt > ParkedStay.MaxLength)
        {
            node.Reject("exitedAt", "the stay is too long", $"at most {ParkedStay.MaxLength.Days} days after enteredAt");
        }
    }

    private static VehicleClass ReadVehicleClass(DocumentNode node) =>
        node.Optional("vehicleClass")?.OneOf(
            ("car", VehicleClass.Car),
            ("motorcycle", VehicleClass.Motorcycle),
            ("electric", VehicleClass.Electric),
            ("coach", VehicleClass.Coach))
        ?? VehicleClass.Car;

    private static ImmutableArray<string> ReadValidations(DocumentNode node, JsonElement element, TariffVersion version)
    {
        var validations = ImmutableArray.CreateBuilder<string>();
        foreach (var item in ItemsOf(node, element, "validations", "up to 32 validations", MaxIds))
        {
            if (item.Text(ExpectedSlug) is { } id)
            {
                validations.Add(id);
                if (version.Validations.All(validation => validation.Id != id))
                {
                    var known = string.Join(" or ", version.Validations.Select(validation => validation.Id));
                    item.Reject("the version in force at entry has no such validation", known.Length == 0 ? "none" : known);
                }
            }
        }

        return validations.ToImmutable();
    }

    private static ImmutableArray<Payment> ReadPayments(DocumentNode node, JsonElement element, Instant enteredAt)
    {
        var payments = ImmutableArray.CreateBuilder<Payment>();
        var earliest = enteredAt;
        foreach (var item in ItemsOf(node, element, "payments", "up to 50 payments", MaxPayments))
        {
            if (item.IsObject("paidAt", "amount")
                && ReadInstant(item.Required("paidAt", ExpectedInstant)) is { } paidAt
                && item.Required("amount", "minor units")?.WholeNumber(1, MaxPayment) is { } amount)
            {
                if (paidAt < earliest)
                {
                    item.Reject("paidAt", "the payment comes before the entry or the payment before it", "the order of time");
                }

                payments.Add(new(paidAt, amount));
                earliest = paidAt;
            }
        }

        return payments.ToImmutable();
    }

    /// <summary>The items of a list that may be absent or empty.</summary>
    private static IEnumerable<DocumentNode> ItemsOf(DocumentNode node, JsonElement element, string field, string expected, int maximum) =>
        element.TryGetProperty(field, out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == 0
            ? []
            : node.Optional(field)?.Items(expected, maximum) ?? [];

    private static Instant? ReadInstant(DocumentNode? node)
    {
        if (node?.Text(ExpectedInstant) is not { } text)
        {
            return null;
        }

        // The year is checked first: with an offset beyond the supported years the instant cannot be calculated.
        if (OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true, Value: { Year: > 1800 and < 2300 } time }
            && time.ToInstant() is var instant
            && instant >= ParkedStay.Earliest
            && instant < ParkedStay.Latest)
        {
            return instant;
        }

        node.Reject("the text is no instant", ExpectedInstant);
        return null;
    }
}

/// <summary>A stay to be priced, as read from a line.</summary>
/// <param name="Stay">The stay. The version can price it.</param>
/// <param name="Version">The version in force at entry.</param>
internal sealed record StayLine(ParkedStay Stay, TariffVersion Version);
