using System.Collections.Immutable;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Documents;

/// <summary>Reads the validations of a version.</summary>
internal static class ValidationReader
{
    private const int MaxValidations = 32;

    /// <summary>The denominator grows with each percentage. With four, every price fits the numbers that pricing uses.</summary>
    private const int MaxStackablePercentages = 4;

    private static readonly string[] Kinds = ["freeTime", "amountOff", "percentOff"];

    public static ImmutableArray<Validation> ReadList(DocumentNode node, ReadingContext context)
    {
        var ids = new Dictionary<string, string>();
        var items = node.Items(Expect.List("validations", MaxValidations), MaxValidations);
        var validations = items.Select(item => Read(item, ids, context)).OfType<Validation>().ToImmutableArray();
        if (validations.Count(validation => validation is { PercentOff: not null, Stackable: true }) is var count
            && count > MaxStackablePercentages)
        {
            node.Reject($"{count} stackable validations have percentOff", $"at most {MaxStackablePercentages} of them");
        }

        return validations;
    }

    private static Validation? Read(DocumentNode node, Dictionary<string, string> ids, ReadingContext context)
    {
        if (!node.IsObject("id", "name", "freeTime", "amountOff", "percentOff", "stackable", "minValue", "maxValue"))
        {
            return null;
        }

        var kinds = Kinds.Where(field => node.Optional(field) is not null).ToList();
        if (kinds.Count != 1)
        {
            node.Reject(
                kinds.Count == 0 ? "it takes nothing off" : $"{string.Join(" and ", kinds)} stand together",
                "one of freeTime, amountOff and percentOff");
        }

        return new()
        {
            Id = node.IdAmong(ids),
            Name = node.RequiredName(),
            FreeTime = node.Optional("freeTime")?.Length(),
            AmountOff = node.Optional("amountOff")?.WholeNumber(1, DocumentFields.MaxMoney),
            PercentOff = (int?)node.Optional("percentOff")?.WholeNumber(1, 100),
            Stackable = node.Required("stackable", "true or false")?.Boolean() ?? false,
            MinValue = node.Optional("minValue")?.RoundedMoney(0, context),
            MaxValue = node.Optional("maxValue")?.WholeNumber(1, DocumentFields.MaxMoney),
        };
    }
}
