using System.Text.RegularExpressions;

namespace Parking.Tariffs.Tests.Cases;

/// <summary>
/// A price board of docs/tariffs.md: the board's text, the case folder it belongs to, a piece of the tariff, and a table of stays.
/// </summary>
internal sealed partial class WorkedBoard
{
    private const string Section = "## Worked price boards";
    private const string TableHead = "| entry | exit | with | price | how |";

    private WorkedBoard(string title, string[] lines)
    {
        Title = title;
        Text = Block(lines, "```text");
        Json = Block(lines, "```json");
        Folder = lines.Select(line => CaseLink().Match(line)).SingleOrDefault(match => match.Success)?.Groups["folder"].Value
            ?? throw new CaseException(
                $"docs/tariffs.md, {title}: there is no line 'Case: [`folder`](../tests/Tariffs.Tests/Cases/folder/).'");
        var table = lines.SkipWhile(line => line != TableHead).Skip(2).TakeWhile(line => line.StartsWith('|')).ToArray();
        Stays = table.Length > 0
            ? [.. table.Select(line => Cells(title, line, 5))
                .Select(cells => new BoardStay(cells[0], cells[1], cells[2], cells[3], cells[4]))]
            : throw new CaseException($"docs/tariffs.md, {title}: there is no table with the head '{TableHead}'.");
    }

    public string Title { get; }

    /// <summary>What hangs at the entrance.</summary>
    public string Text { get; }

    /// <summary>The piece of the tariff that is shown.</summary>
    public string Json { get; }

    /// <summary>The case folder that has all of it.</summary>
    public string Folder { get; }

    public IReadOnlyList<BoardStay> Stays { get; }

    /// <summary>The boards of the document, in order.</summary>
    public static IEnumerable<WorkedBoard> All() =>
        from subsection in Subsections()
        where char.IsDigit(subsection.Title[0])
        select new WorkedBoard(subsection.Title, subsection.Lines);

    /// <summary>The items of the list in a subsection without a board, each joined into one line.</summary>
    public static IEnumerable<string> Items(string title)
    {
        var list = Subsections().Single(subsection => subsection.Title == title).Lines
            .SkipWhile(line => !line.StartsWith("- ", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0);
        return string.Join('\n', list).Split("\n- ").Select(item => item.Replace("\n ", "", StringComparison.Ordinal));
    }

    private static IEnumerable<(string Title, string[] Lines)> Subsections()
    {
        var section = File.ReadLines(Path.Combine(RepositoryFolders.Root, "docs", "tariffs.md"))
            .SkipWhile(line => line != Section).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)).ToArray();
        var headings = section.Index().Where(line => line.Item.StartsWith("### ", StringComparison.Ordinal))
            .Select(line => line.Index).Append(section.Length).ToArray();
        return headings.Zip(headings.Skip(1), (from, to) => (section[from][4..], section[(from + 1)..to]));
    }

    private static string Block(string[] lines, string fence) =>
        string.Join('\n', lines.SkipWhile(line => line != fence).Skip(1).TakeWhile(line => line != "```"));

    private static string[] Cells(string title, string line, int count) =>
        line.Trim('|').Split('|', StringSplitOptions.TrimEntries) is var cells && cells.Length == count
            ? cells
            : throw new CaseException($"docs/tariffs.md, {title}: a row must have {count} cells: {line}");

    [GeneratedRegex(@"^Case: \[`(?<folder>[a-z0-9-]+)`\]\(\.\./tests/Tariffs\.Tests/Cases/\k<folder>/\)", RegexOptions.ExplicitCapture)]
    private static partial Regex CaseLink();
}
