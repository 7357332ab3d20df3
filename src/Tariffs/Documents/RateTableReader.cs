using System.Collections.Immutable;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Documents;

/// <summary>Reads the rate tables of a version.</summary>
internal static class RateTableReader
{
    private const int MaxTables = 32;
    private const int MaxRates = 32;
    private const int MaxEntitlements = 32;

    public static ImmutableArray<RateTable> ReadList(DocumentNode node, ReadingContext context)
    {
        var ids = new Dictionary<string, string>();
        var items = node.Items(Expect.List("rate tables", MaxTables), MaxTables).ToList();
        var tables = items.ConvertAll(item => Read(item, ids, context));
        for (var i = 0; i < tables.Count; i++)
        {
            CheckReach(items[i], tables[i], isLast: i == tables.Count - 1);
        }

        return [.. tables.OfType<RateTable>()];
    }

    /// <summary>Checks that every driver matches a table, and that every table can match a driver (rule 20).</summary>
    private static void CheckReach(DocumentNode node, RateTable? table, bool isLast)
    {
        if (table is null)
        {
            return;
        }

        var isForAll = node.Optional("vehicleClasses") is null && node.Optional("entitlements") is null;
        if (isLast && !isForAll)
        {
            node.Reject("drivers whom no table fits would have no price", "a last table without vehicleClasses and entitlements");
        }
        else if (!isLast && isForAll)
        {
            node.Reject("it fits everyone, so the tables after it are never reached", "vehicleClasses or entitlements, or this table last");
        }
    }

    private static RateTable? Read(DocumentNode node, Dictionary<string, string> ids, ReadingContext context)
    {
        if (!node.IsObject("id", "name", "vehicleClasses", "entitlements", "choose", "rates"))
        {
            return null;
        }

        var rates = node.Required("rates", "a list of rates");
        return new()
        {
            Id = node.IdAmong(ids),
            Name = node.Optional("name")?.Name(),
            VehicleClasses = node.Optional("vehicleClasses") is { } classes ? ReadVehicleClasses(classes) : [],
            Entitlements = node.Optional("entitlements") is { } entitlements ? ReadEntitlements(entitlements) : [],
            Choose = ReadChoose(node, rates?.ItemCount ?? 0),
            Rates = rates is null ? [] : ReadRates(rates, context),
        };
    }

    private static RateChoice ReadChoose(DocumentNode node, int rates)
    {
        var choose = node.Optional("choose");
        if (rates == 1)
        {
            choose?.Reject("there is only one rate to choose", Expect.LeftOut);
            return default;
        }

        if (choose is null && rates > 1)
        {
            node.Reject(
                "choose", $"there are {rates} rates, and the field is missing",
                $"{DocumentWords.List(DocumentWords.RateChoices)}: how one of them is chosen");
        }

        return choose?.OneOf(DocumentWords.RateChoices) ?? default;
    }

    private static ImmutableArray<Rate> ReadRates(DocumentNode node, ReadingContext context)
    {
        var ids = new Dictionary<string, string>();
        var items = node.Items(Expect.List("rates", MaxRates), MaxRates).ToList();
        var rates = items.ConvertAll(item => RateReader.Read(item, ids, context));
        for (var i = 0; i < rates.Count; i++)
        {
            if (rates[i] is not { } rate)
            {
                continue;
            }

            var isLast = i == rates.Count - 1;
            if (isLast && rate.Conditions is not null)
            {
                items[i].Reject(
                    "conditions", "stays for which no rate's conditions hold would have no price", "a last rate without conditions");
            }
            else if (!isLast && rate.Conditions is null)
            {
                items[i].Reject(
                    "conditions", "without conditions it is always possible, and not the last", "conditions, or this rate last");
            }
        }

        return [.. rates.OfType<Rate>()];
    }

    private static ImmutableArray<VehicleClass> ReadVehicleClasses(DocumentNode node)
    {
        var expected = Expect.List(DocumentWords.List(DocumentWords.VehicleClasses), DocumentWords.VehicleClasses.Length);
        var classes = new List<VehicleClass>();
        foreach (var item in node.Items(expected, DocumentWords.VehicleClasses.Length))
        {
            if (item.OneOf(DocumentWords.VehicleClasses) is not { } vehicleClass)
            {
                continue;
            }

            if (classes.Contains(vehicleClass))
            {
                item.Reject("it stands in the list already", "each class once");
            }

            classes.Add(vehicleClass);
        }

        return [.. classes];
    }

    private static ImmutableArray<string> ReadEntitlements(DocumentNode node)
    {
        var entitlements = new List<string>();
        foreach (var item in node.Items(Expect.List("entitlements", MaxEntitlements), MaxEntitlements))
        {
            if (item.Id() is not { } entitlement)
            {
                continue;
            }

            if (entitlements.Contains(entitlement))
            {
                item.Reject("it stands in the list already", "each entitlement once");
            }

            entitlements.Add(entitlement);
        }

        return [.. entitlements];
    }
}
