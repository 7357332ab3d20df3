using NodaTime;
using Parking.Tariffs.Documents;
using Parking.Tariffs.Tests.Oracle;

namespace Parking.Tariffs.Tests.Cases;

/// <summary>
/// The third side of the triangle: the cases are held against the oracle too, so that a case and the engine cannot be wrong together
/// unnoticed.
/// </summary>
public sealed class CaseOracleTests
{
    /// <summary>The oracle walks each second; longer stays are left to the engine.</summary>
    private static readonly Duration Walkable = Duration.FromDays(3);

    [Fact]
    public void Oracle_OfEveryWalkableCase_GivesTheStatedPrice()
    {
        var differences = CaseFolder.All().Select(CaseFolder.Read).Where(folder => folder.Refusals is null).SelectMany(DifferencesIn);

        Assert.Empty(differences);
    }

    private static IEnumerable<string> DifferencesIn(CaseFolder folder)
    {
        var tariff = TariffReader.Read(folder.TariffDocument(), folder.Calendars);
        foreach (var row in folder.Rows)
        {
            var stay = row.ToStay(tariff.TimeZone);
            if (row.ExpectedTotal is { } expected
                && stay.ExitedAt - stay.EnteredAt <= Walkable
                && tariff.InForceAt(stay.EnteredAt) is { } version
                && NaiveOracle.Price(version, stay).Total is var total
                && total != expected)
            {
                yield return $"{folder.Name} line {row.Line}: expected {expected}, oracle {total}";
            }
        }
    }
}
