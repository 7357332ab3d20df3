using System.Text.Json;
using Parking.Api.Hosting.Ndjson;
using Parking.Facilities;
using Parking.Tariffs;
using Parking.Tariffs.Documents;

namespace Parking.Api.Tariffs;

/// <summary>The first line of a call for quotes: the tariff and the wanted details.</summary>
/// <param name="Tariff">The tariff of a facility or of the caller.</param>
/// <param name="Lines">Whether the answers have the lines of each price.</param>
/// <param name="NextChange">Whether the answers have the time at which each price changes next.</param>
internal sealed record QuoteOrder(Tariff Tariff, bool Lines, bool NextChange)
{
    /// <summary>The largest tariff document, and some room for the members around it.</summary>
    public const int MaxBytes = TariffReader.MaxBytes + 1024;

    private const string ExpectedFacility = "the id of a facility with a tariff";
    private const string ExpectedLine = "a first line with facility or tariff, in JSON, at most 34 deep";

    /// <summary>The depth of a tariff document, and of the object around it.</summary>
    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 34 };

    /// <summary>Reads the line.</summary>
    /// <param name="line">The line without its line feed.</param>
    /// <param name="city">The city with the facilities and holiday calendars.</param>
    /// <param name="errors">All errors of the line; empty if there are none.</param>
    /// <returns>Null if the line has an error.</returns>
    public static QuoteOrder? Read(NdjsonLine line, CityDirectory city, out IReadOnlyList<DocumentError> errors)
    {
        var found = new List<DocumentError>();
        errors = found;
        if (line.IsTooLong)
        {
            found.Add(new("$", "the first line is too long", $"at most {MaxBytes} bytes"));
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(line.Bytes, JsonOptions);
            var request = Read(new DocumentNode(document.RootElement, "$", found), city);
            return found.Count == 0 ? request : null;
        }
        catch (JsonException e)
        {
            found.Add(new("$", e.Message.TrimEnd('.'), ExpectedLine));
            return null;
        }
    }

    private static QuoteOrder? Read(DocumentNode node, CityDirectory city)
    {
        if (!node.IsObject("facility", "tariff", "lines", "nextChange"))
        {
            return null;
        }

        var lines = node.Optional("lines")?.Boolean() ?? false;
        var nextChange = node.Optional("nextChange")?.Boolean() ?? false;
        var tariff = (node.Optional("facility"), node.Optional("tariff")) switch
        {
            ({ } facility, null) => TariffOf(facility, city),
            (null, { } document) => TariffReader.Read(document, city.HolidayCalendars),
            (null, null) => RejectAndGetNothing(node, "neither facility nor tariff is given"),
            _ => RejectAndGetNothing(node, "both facility and tariff are given"),
        };
        return tariff is null ? null : new(tariff, lines, nextChange);
    }

    private static Tariff? TariffOf(DocumentNode node, CityDirectory city)
    {
        if (node.Text(ExpectedFacility) is not { } id)
        {
            return null;
        }

        var facility = city.FindFacility(new(id));
        if (facility?.Tariff is null)
        {
            node.Reject(facility is null ? "there is no such facility" : "the facility has no tariff", ExpectedFacility);
        }

        return facility?.Tariff;
    }

    private static Tariff? RejectAndGetNothing(DocumentNode node, string problem)
    {
        node.Reject(problem, "one of the two");
        return null;
    }
}
