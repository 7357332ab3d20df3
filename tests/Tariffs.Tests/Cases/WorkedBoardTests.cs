using System.Text.Json;
using System.Text.RegularExpressions;
using Parking.Tariffs.Documents;

namespace Parking.Tariffs.Tests.Cases;

/// <summary>
/// docs/tariffs.md shows price boards with priced stays and answers argued cases: all of it stands in case folders, with the same prices.
/// </summary>
public sealed partial class WorkedBoardTests
{
    private const string ArguedTitle = "Argued cases";

    public static IEnumerable<TheoryDataRow<string>> Boards() =>
        WorkedBoard.All()
            .Select(board => new TheoryDataRow<string>(board.Title) { TestDisplayName = $"docs/tariffs.md {board.Title}", Label = "" });

    [Fact]
    public void Document_ShowsTwelveBoards_EachOfAnotherFolder()
    {
        var boards = WorkedBoard.All().ToArray();

        Assert.Equal(12, boards.Length);
        Assert.Equal(12, boards.Select(board => board.Folder).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Board_OfTheDocument_ShowsAPieceOfItsFoldersTariff(string title)
    {
        var board = WorkedBoard.All().Single(board => board.Title == title);
        using var shown = JsonDocument.Parse(board.Json);
        using var tariff = JsonDocument.Parse(Read(board.Folder).TariffDocument());

        Assert.NotEmpty(board.Text);
        Assert.True(Contains(tariff.RootElement, shown.RootElement), $"The JSON shown is no part of {board.Folder}/tariff.json.");
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Board_OfTheDocument_StatesTheTotalsOfItsFolder(string title)
    {
        var board = WorkedBoard.All().Single(board => board.Title == title);
        var folder = Read(board.Folder);
        var tariff = TariffReader.Read(folder.TariffDocument(), folder.Calendars);

        Assert.InRange(board.Stays.Count, 2, 4);
        foreach (var stay in board.Stays)
        {
            var row = Assert.Single(folder.Rows, row => stay.Is(row, tariff.TimeZone));
            Assert.Equal(Wording.Money(row.ExpectedTotal!.Value, tariff.Currency), stay.Price);
            Assert.NotEmpty(stay.How);
        }
    }

    [Fact]
    public void ArguedCases_OfTheDocument_AreTheArguedFolders()
    {
        var linked = WorkedBoard.Items(ArguedTitle).SelectMany(Folders).Order(StringComparer.Ordinal);

        Assert.Equal(
            CaseFolder.All().Select(Path.GetFileName).Where(name => name!.StartsWith("argued-", StringComparison.Ordinal)), linked);
    }

    [Fact]
    public void ArguedCases_WithAmounts_StateTotalsOfTheirFolders()
    {
        foreach (var item in WorkedBoard.Items(ArguedTitle))
        {
            var totals = Folders(item).Select(Read).Where(folder => folder.Refusals is null).SelectMany(Totals).ToHashSet();
            foreach (Match amount in Amount().Matches(item.Split(" Ours: ")[1]))
            {
                Assert.Contains(amount.Value, totals);
            }
        }
    }

    private static CaseFolder Read(string name) => CaseFolder.Read(Path.Combine(RepositoryFolders.Cases, name));

    private static IEnumerable<string> Folders(string item) => CaseLink().Matches(item).Select(link => link.Groups["folder"].Value);

    private static IEnumerable<string> Totals(CaseFolder folder)
    {
        var currency = TariffReader.Read(folder.TariffDocument(), folder.Calendars).Currency;
        return folder.Rows.Where(row => row.ExpectedTotal is not null).Select(row => Wording.Money(row.ExpectedTotal!.Value, currency));
    }

    private static bool Contains(JsonElement whole, JsonElement part) =>
        JsonElement.DeepEquals(whole, part) || whole.ValueKind switch
        {
            JsonValueKind.Object => whole.EnumerateObject().Any(property => Contains(property.Value, part)),
            JsonValueKind.Array => whole.EnumerateArray().Any(item => Contains(item, part)),
            _ => false,
        };

    [GeneratedRegex(@"\(\.\./tests/Tariffs\.Tests/Cases/(?<folder>[a-z0-9-]+)/\)", RegexOptions.ExplicitCapture)]
    private static partial Regex CaseLink();

    [GeneratedRegex(@"(¥|[A-Z]{3} )\d+(\.\d+)?", RegexOptions.ExplicitCapture)]
    private static partial Regex Amount();
}
