namespace Parking.Simulation.Replay.Report.Html;

/// <summary>Fees by the state of their stays.</summary>
internal static class MoneySection
{
    public static void Write(HtmlBuilder html, ReplayReport report)
    {
        html.AddLine($"<section>").AddHeading("停车费", "Money").Add(
            $"<div class=\"scroll\"><table><thead><tr><th>状态 <span lang=\"en\">state</span></th>")
            .Add($"<th>应有记录 <span lang=\"en\">stays expected</span></th><th>实有 <span lang=\"en\">found</span></th>")
            .AddLine($"<th>应收 <span lang=\"en\">fees expected</span></th><th>账上 <span lang=\"en\">found</span></th></tr></thead><tbody>");
        foreach (var row in report.Money)
        {
            var (zh, en) = ReportWords.Of(row.State);
            html.Add($"<tr><th>{zh} <span lang=\"en\">{en}{(row.Currency is null ? ", no fee" : "")}</span></th>")
                .Add($"<td>{row.StaysExpected:N0}</td><td class=\"{Style(row.StaysExpected == row.StaysFound)}\">{row.StaysFound:N0}</td>")
                .AddLine($"<td>{Fees(row.Currency, row.FeesExpected)}</td><td "
                    + $"class=\"{Style(row.FeesExpected == row.FeesFound)}\">{Fees(row.Currency, row.FeesFound)}</td></tr>");
        }
        html.AddLine($"</tbody></table></div></section>");
    }

    private static string Style(bool isRight) => isRight ? "" : "bad";

    private static string Fees(string? currency, long total) => currency is null ? "—" : ReportWords.Money(currency, total);
}
