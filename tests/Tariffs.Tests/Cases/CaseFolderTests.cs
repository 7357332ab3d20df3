namespace Parking.Tariffs.Tests.Cases;

/// <summary>Mistakes that are easily made in a case folder are answered with what to do about them.</summary>
public sealed class CaseFolderTests : IDisposable
{
    private const string Tariff = """
        { "format": 1, "id": "example", "name": { "zh": "示例", "en": "Example" }, "currency": "EUR", "timeZone": "Europe/Berlin",
          "versions": [ { "version": 1, "rounding": { "unit": 1, "mode": "halfUp" }, "rateTables": [ { "id": "everyone", "rates": [
            { "id": "standard", "name": { "zh": "标准", "en": "Standard" }, "bands": [ { "id": "any-time", "rateLines": [
              { "rateLineType": "incrementingRate", "value": 100, "durationStart": "PT0S", "incrementPeriod": "PT1H" } ] } ] } ] } ] } ] }
        """;

    private const string Stays = "entry,exit,vehicleClass,entitlements\n2026-03-02T08:00,2026-03-02T09:00,,\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folder_WithRightPrices_Passes()
    {
        Write(Tariff, Stays, "total,why\n100,one hour\n");

        Assert.Null(Record.Exception(RunAll));
    }

    [Fact]
    public void Row_WithWrongTotal_FailsWithStayAndReceipt()
    {
        Write(Tariff, Stays, "total\n99\n");

        var failure = Assert.ThrowsAny<Exception>(RunAll).Message;

        Assert.Contains("line 2", failure);
        Assert.Contains("2026-03-02T08:00,2026-03-02T09:00", failure);
        Assert.Contains("total: expected 99, actual 100", failure);
        Assert.Contains("Increments 1x100 = 100", failure);
    }

    [Theory]
    [InlineData("due", "1", "due: expected 1, actual 100")]
    [InlineData("rate", "night", "rate: expected night, actual standard")]
    [InlineData("exceedsMaximumStay", "yes", "longer than the maximum stay: expected yes, actual no")]
    [InlineData(
        "nextChange", "2026-03-02T09:00=300", "next change: expected 2026-03-02T08:00:00Z = 300, actual 2026-03-02T08:00:00Z = 200")]
    [InlineData("lines", "Increments 2x50", "lines: expected Increments 2x50, actual Increments 1x100")]
    [InlineData("lines", "Increments 1x100; Rounding 0", "lines: expected Increments 1x100; Rounding 0, actual Increments 1x100")]
    [InlineData("lines", "Tier 100", "lines: expected Tier 100, actual Increments 1x100")]
    public void Row_WithAnotherDifference_FailsAndNamesIt(string column, string value, string expected)
    {
        Write(Tariff, Stays, $"total,{column}\n100,{value}\n");

        Assert.Contains(expected, Assert.ThrowsAny<Exception>(RunAll).Message);
    }

    [Fact]
    public void Row_ThatExpectsAnError_FailsWhereThereIsAPrice()
    {
        Write(Tariff, Stays, "total\nerror\n");

        Assert.Contains("total: expected error, actual 100", Assert.ThrowsAny<Exception>(RunAll).Message);
    }

    [Fact]
    public void Row_OfAStayWithoutPrice_FailsWhereAPriceIsExpected()
    {
        Write(Tariff, "entry,exit,vehicleClass,entitlements\n2026-03-02T09:00,2026-03-02T08:00,,\n", "total\n100\n");

        Assert.Contains("total: expected 100, actual error", Assert.ThrowsAny<Exception>(RunAll).Message);
    }

    [Theory]
    [InlineData(null, Stays, "total\n100\n", "has no tariff.json. Put the tariff's document into it.")]
    [InlineData(Tariff, null, "total\n100\n", "there is no stays.csv. Add it")]
    [InlineData(Tariff, Stays, null, "there is no expected.csv. Add it")]
    [InlineData(Tariff, Stays, "total\n100\n200\n", "stays.csv has 1 rows and expected.csv has 2. Write one expectation for each stay")]
    [InlineData(Tariff, Stays, "total,colour\n100,red\n", "expected.csv has the unknown column 'colour'. The columns are total, due")]
    [InlineData(Tariff, "entry,exit\n2026-03-02T08:00,2026-03-02T09:00\n", "total\n100\n", "stays.csv lacks the column 'vehicleClass'")]
    [InlineData(Tariff, Stays, "total,total\n100,100\n", "the same column twice")]
    [InlineData(Tariff, Stays, "total\n", "expected.csv has no rows")]
    [InlineData(Tariff, Stays, "total\n1,00\n", "expected.csv line 2 has 2 fields, but the header has 1 columns")]
    [InlineData(Tariff, Stays, "total\n1.00\n",
        "expected.csv line 2: '1.00' stands where a whole number of minor units, or the word error belongs")]
    [InlineData(Tariff, Stays, "total,lines\n100,Steps 1x100\n", "expected.csv line 2: 'Steps 1x100' is no line of a receipt")]
    [InlineData(Tariff, Stays, "total,nextChange\n100,09:00\n", "expected.csv line 2: '09:00' is not an instant with an amount")]
    [InlineData(Tariff, "entry,exit,vehicleClass,entitlements\nyesterday,2026-03-02T09:00,,\n", "total\n100\n",
        "stays.csv line 2: 'yesterday' is no time. Write 2026-03-02T08:00:00")]
    [InlineData(Tariff, "entry,exit,vehicleClass,entitlements\n2026-03-02T08:00,2026-03-02T09:00,bus,\n", "total\n100\n",
        "stays.csv line 2: 'bus' is no vehicle class")]
    [InlineData(Tariff, "entry,exit,vehicleClass,entitlements\n2026-10-25T02:30,2026-10-25T04:00,,\n", "total\n100\n",
        "shows 2026-10-25T02:30 twice. Write which one is meant: 2026-10-25T02:30+02:00 or 2026-10-25T02:30+01:00")]
    [InlineData(Tariff, "entry,exit,vehicleClass,entitlements\n2026-03-29T02:30,2026-03-29T04:00,,\n", "total\n100\n",
        "no clock ever shows 2026-03-29T02:30")]
    public void Folder_WithAMistake_FailsAndSaysWhatToDo(string? tariff, string? stays, string? expected, string message)
    {
        Write(tariff, stays, expected);

        Assert.Contains(message, Assert.Throws<CaseException>(RunAll).Message);
    }

    [Fact]
    public void Folder_WithStaysBesideRefused_FailsAndSaysWhatToDo()
    {
        Write(Tariff, Stays, "total\n100\n");
        File.WriteAllText(_folder.PathOf("refused.csv"), "path\n$.versions\n");

        Assert.Contains("A tariff that is refused prices none", Assert.Throws<CaseException>(RunAll).Message);
    }

    private void RunAll()
    {
        var folder = CaseFolder.Read(_folder.Path);
        foreach (var row in folder.Rows)
        {
            CaseCheck.Run(folder, row);
        }
    }

    private void Write(string? tariff, string? stays, string? expected)
    {
        foreach (var (file, content) in new[] { ("tariff.json", tariff), ("stays.csv", stays), ("expected.csv", expected) })
        {
            if (content is not null)
            {
                File.WriteAllText(_folder.PathOf(file), content);
            }
        }
    }
}
