using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Parking.Simulation.Replay.Report;
using Parking.Simulation.Replay.Report.Html;

namespace Parking.ScannerSim.Tests.Replay.Report;

public partial class HtmlPageTests
{
    private const int MostBytes = 2_000_000;

    [Fact]
    public void Page_AnyReport_IsWellFormedAndNeedsNothingFromElsewhere()
    {
        var page = HtmlPage.Write(SampleReports.Small());
        var document = Parse(page);

        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"zh\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(
            document.Descendants(),
            element => element.Name.LocalName is "script" or "link" or "img" or "iframe" or "image" or "use");
        Assert.DoesNotMatch("url\\(|@import|https?://(?!www.w3.org/1999/xhtml)", page);
        Assert.All(
            document.Descendants().Attributes(),
            attribute => Assert.False(attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
    }

    [Fact]
    public void Page_Links_AllLeadSomewhereOnIt()
    {
        var document = Parse(HtmlPage.Write(SampleReports.Small()));
        var ids = document.Descendants().Attributes("id").Select(id => id.Value).ToList();

        var targets = document.Descendants().Attributes("href").Select(link => link.Value).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(targets, target => Assert.Contains(target[1..], ids));
        Assert.Contains("#line-3", targets);
        Assert.Contains("#m1", targets);
        Assert.Contains("#f-a", targets);
    }

    [Fact]
    public void Page_TextsUnkindToMarkup_AreTexts()
    {
        var page = HtmlPage.Write(
            SampleReports.Small() with { Run = SampleReports.Small().Run with { Trace = "<script>alert('1')</script>" } });

        Assert.Contains("&lt;cut&gt; &amp; &quot;quoted&quot; \uFFFD", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;", page, StringComparison.Ordinal);
        Parse(page);
    }

    [Fact]
    public void Page_SmallReport_IsAsItWas() =>
        SampleFile.Check("Replay/Report/small-report.html", StyleSheet().Replace(HtmlPage.Write(SampleReports.Small()), ""));

    [Fact]
    public void Page_FourteenDaysOfManyStays_IsSmallAndWellFormed()
    {
        var report = SampleReports.Large(facilities: 30, visits: 29_000, days: 14);
        var page = HtmlPage.Write(report);

        Assert.True(report.Good);
        Parse(page);
        Assert.InRange(Encoding.UTF8.GetByteCount(page), 1, MostBytes);
        Assert.InRange(Encoding.UTF8.GetByteCount(ReportFiles.ToJson(report)), 1, MostBytes);
    }

    [Fact]
    public void Page_ThousandsOfMismatches_TellsTheFirstAndCountsTheRest()
    {
        var small = SampleReports.Small();
        var report = small with { Mismatches = [.. Enumerable.Repeat(small.Mismatches[0], 30_000)] };

        var page = HtmlPage.Write(report);

        Assert.Contains("30,000 mismatches", page, StringComparison.Ordinal);
        Assert.Contains("29,500 more are in the JSON", page, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(page), 1, MostBytes);
        Parse(page);
    }

    private static XDocument Parse(string page)
    {
        using var reader = XmlReader.Create(new StringReader(page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex StyleSheet();
}
