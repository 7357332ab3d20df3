using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parking.Api.Hosting.Ndjson;
using Parking.Api.Tariffs;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Tariffs;

public sealed class QuoteEndpointTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private const string Path = "/v1/tariffs/quotes";
    private const string Stay = """{"enteredAt":"2026-05-04T00:30:15Z","exitedAt":"2026-05-04T02:00:00Z"}""";

    private readonly ParkingApplication _app = shared.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stays_ByAFacilitysTariff_HaveThePriceOfItsVersionAtEntry()
    {
        var answers = await AnswersAsync(
            """{"facility":"hsp"}""",
            """{"enteredAt":"2026-05-04T08:30:15+08:00","exitedAt":"2026-05-04T10:00:00+08:00"}""",
            """{"enteredAt":"2025-05-04T08:30:15+08:00","exitedAt":"2025-05-04T10:00:00+08:00"}""",
            """{"enteredAt":"2026-05-04T08:30:15+08:00","exitedAt":"2026-05-04T08:45:15+08:00"}""");

        Assert.Equal(
            [
                AnswerTo(stay: 1, version: 2, "2026-05-04T00:30:15Z", "2026-05-04T02:00:00Z", total: 2500),
                AnswerTo(stay: 2, version: 1, "2025-05-04T00:30:15Z", "2025-05-04T02:00:00Z", total: 2000),
                AnswerTo(stay: 3, version: 2, "2026-05-04T00:30:15Z", "2026-05-04T00:45:15Z", total: 0),
            ],
            answers);

        static string AnswerTo(int stay, int version, string enteredAt, string exitedAt, int total) =>
            $$"""{"stay":{{stay}},"tariff":"hsp","version":{{version}}"""
            + ",\"rateTable\":\"everyone\",\"rate\":\"day-night\",\"currency\":\"CNY\""
            + $$""","enteredAt":"{{enteredAt}}","exitedAt":"{{exitedAt}}","total":{{total}}"""
            + $$""","paid":0,"due":{{total}},"exceedsMaximumStay":false}""";
    }

    [Fact]
    public async Task Stays_ByATariffOfTheCallers_HaveItsPrice()
    {
        var answers = await AnswersAsync($$"""{"tariff":{{TariffDocuments.HalfHours("mine")}}}""", Stay);

        var answer = JsonDocument.Parse(Assert.Single(answers)).RootElement;
        Assert.Equal(("mine", 1500), (answer.GetProperty("tariff").GetString(), answer.GetProperty("total").GetInt64()));
    }

    [Fact]
    public async Task Stays_ByATariffWithHolidays_KnowTheCitysCalendars()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.PathOf("mars.json"), TariffDocuments.Calendar("MARS", 2026), Cancellation);
        await File.WriteAllTextAsync(folder.PathOf("city.json"), SampleCity.Of(["mars.json"], ("f1", null)), Cancellation);
        using var app = new ParkingApplication(("City:File", folder.PathOf("city.json")));

        var answers = await AnswersAsync(
            app,
            $$"""{"tariff":{{TariffDocuments.Workdays("mine", "MARS")}}}""",
            """{"enteredAt":"2026-04-30T09:00:00+08:00","exitedAt":"2026-04-30T10:00:00+08:00"}""",
            """{"enteredAt":"2026-05-01T09:00:00+08:00","exitedAt":"2026-05-01T10:00:00+08:00"}""");

        Assert.Equal([1000, 0], answers.Select(answer => JsonDocument.Parse(answer).RootElement.GetProperty("total").GetInt64()));
    }

    [Fact]
    public async Task Stay_WithLines_IsExplained()
    {
        var answers = await AnswersAsync(
            """{"facility":"xujiahui","lines":true}""", """{"enteredAt":"2026-05-06T00:00:00Z","exitedAt":"2026-05-06T01:00:01Z"}""");

        var answer = JsonNode.Parse(Assert.Single(answers))!;
        Assert.Equal(
            """[{"kind":"increments","amount":1600"""
                + ""","from":"2026-05-06T00:00:00Z","to":"2026-05-06T02:00:00Z","band":"any-time","quantity":2,"unitPrice":800"""
                + ""","incrementPeriod":"PT1H"}]""",
            WithoutText(answer["lines"]!));
        Assert.Equal(
            ["early-bird", "rest-day", "standard"],
            answer["considered"]!.AsArray().Select(considered => considered!["rate"]!.GetValue<string>()));
        Assert.Equal("exit_times", answer["considered"]![0]!["unmet"]!.GetValue<string>());
        Assert.Equal(1600, answer["total"]!.GetValue<int>());
        Assert.Null(answer["nextChange"]);
    }

    [Fact]
    public async Task Stay_WithNextChange_SaysWhenItsPriceChanges()
    {
        var answers = await AnswersAsync($$"""{"tariff":{{TariffDocuments.HalfHours("mine")}},"nextChange":true}""", Stay);

        Assert.EndsWith("""
            "nextChange":{"leaveBy":"2026-05-04T02:00:15Z","total":2000}}
            """, Assert.Single(answers), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1900-01-01T00:00:00Z", "1900-01-01T00:00:00Z")]
    [InlineData("2199-12-31T23:00:00Z", "2199-12-31T23:59:59Z")]
    [InlineData("2189-12-25T23:59:59Z", "2199-12-31T23:59:59Z")]
    public async Task Stay_AtTheEndsOfTime_IsPriced(string enteredAt, string exitedAt)
    {
        var answers = await AnswersAsync(
            $$"""{"tariff":{{TariffDocuments.Workdays("mine", "CN")}},"nextChange":true}""",
            $$"""{"enteredAt":"{{enteredAt}}","exitedAt":"{{exitedAt}}"}""");

        Assert.Contains("\"total\":", Assert.Single(answers), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stay_WithPayments_OwesTheRest()
    {
        var answers = await AnswersAsync(
            """{"facility":"hsp"}""",
            """{"enteredAt":"2026-05-04T00:30:15Z","exitedAt":"2026-05-04T02:00:00Z","""
                + """ "payments":[{"paidAt":"2026-05-04T01:00:00Z","amount":1500}]}""");

        Assert.Contains("\"total\":2500,\"paid\":1500,\"due\":1000", Assert.Single(answers), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_ThatAreNoStays_AreAnsweredByTheirErrorsAndStopNoOther()
    {
        var answers = await AnswersAsync(
            """{"facility":"hsp"}""", "{", Stay, """{"enteredAt":"2026-05-04T02:00:00Z","exitedAt":"2026-05-04T00:30:15Z"}""",
            new string('x', 8193), "", Stay);

        Assert.Equal(5, answers.Count);
        Assert.StartsWith("""{"stay":1,"error":{"path":"$","problem":""", answers[0], StringComparison.Ordinal);
        Assert.Equal(
            """{"stay":3,"error":{"path":"$.exitedAt","problem":"the stay ends before it begins","expected":"not before enteredAt"}}""",
            answers[2]);
        Assert.Equal("""{"stay":4,"error":{"path":"$","problem":"the line is too long","expected":"at most 8192 bytes"}}""", answers[3]);
        Assert.Equal(answers[1].Replace("\"stay\":2", "\"stay\":5", StringComparison.Ordinal), answers[4]);
    }

    [Fact]
    public async Task FirstLine_Alone_IsAnsweredByNothing() => Assert.Empty(await AnswersAsync("""{"facility":"hsp"}"""));

    [Theory]
    [InlineData("", "$")]
    [InlineData("\n\n", "$")]
    [InlineData("{", "$")]
    [InlineData("[]", "$")]
    [InlineData("NaN", "$")]
    [InlineData("{}", "$")]
    [InlineData("""{"facility":"hsp","tariff":{}}""", "$")]
    [InlineData("""{"facility":"nope"}""", "$.facility")]
    [InlineData("""{"facility":7}""", "$.facility")]
    [InlineData("""{"facility":null}""", "$.facility")]
    [InlineData("""{"facility":"hsp","colour":1}""", "$.colour")]
    [InlineData("""{"facility":"hsp","facility":"hsp"}""", "$.facility")]
    [InlineData("""{"facility":"hsp","lines":1}""", "$.lines")]
    [InlineData("""{"facility":"hsp","nextChange":"yes"}""", "$.nextChange")]
    [InlineData("""{"tariff":null}""", "$.tariff")]
    [InlineData("""{"tariff":[]}""", "$.tariff")]
    [InlineData("""{"enteredAt":"2026-05-04T00:30:15Z","exitedAt":"2026-05-04T02:00:00Z"}""", "$.enteredAt")]
    public async Task FirstLine_ThatNamesNoTariff_IsRefusedWithItsPlace(string line, string path)
    {
        var errors = await RefusalAsync(line);

        Assert.Equal(path, errors[0]!["path"]!.GetValue<string>());
        Assert.All(errors, error => Assert.Equal(["path", "problem", "expected"], error!.AsObject().Select(member => member.Key)));
    }

    [Fact]
    public async Task Tariff_WithManyErrors_IsRefusedWithThemAll()
    {
        var document = TariffDocuments.HalfHours("Mine", root =>
        {
            root["currency"] = "yuan";
            root["versions"]![0]!["rounding"]!["unit"] = JsonNode.Parse("1e308");
            root["versions"]![0]!["rateTables"]![0]!["rates"]![0]!["bands"]![0]!["rateLines"]![0]!["value"] = -1;
        });

        var errors = await RefusalAsync($$"""{"tariff":{{document}}}""" + "\n" + Stay);

        Assert.Equal(
            [
                "$.tariff.currency",
                "$.tariff.id",
                "$.tariff.versions[0].rateTables[0].rates[0].bands[0].rateLines[0].value",
                "$.tariff.versions[0].rounding.unit",
            ],
            errors.Select(error => error!["path"]!.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(HostileFirstLines))]
    public async Task FirstLine_MadeToHurt_IsRefused(string kind, Func<string> make)
    {
        Assert.NotEmpty(kind);

        Assert.NotEmpty(await RefusalAsync(make()));
    }

    public static TheoryData<string, Func<string>> HostileFirstLines => new()
    {
        { "deep", () => $$"""{"tariff":{{string.Concat(Enumerable.Repeat("[", 100_000))}}""" },
        { "deep and closed", () => $$"""{"tariff":{{new string('[', 60)}}{{new string(']', 60)}}}""" },
        { "too large", () => $$"""{"tariff":{"note":"{{new string('x', QuoteOrder.MaxBytes)}}"} }""" },
        { "large without end", () => new string(' ', QuoteOrder.MaxBytes + 1) },
        { "huge numbers", () => TariffWith("value", "1e308") },
        { "numbers beyond any type", () => TariffWith("value", new string('9', 4000)) },
        { "NaN", () => TariffWith("value", "NaN") },
        { "no Unicode", () => TariffWith("incrementPeriod", "\"\\udc00\"") },
        { "long name", () => TariffWith("incrementPeriod", $"\"{new string('P', 100_000)}\"") },
        { "thousands of unknown fields", () => "{" + string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"f{i}\":1")) + "}" },
        { "thousands of versions", () => $$"""{"tariff":{"versions":[{{string.Join(',', Enumerable.Repeat("{}", 50_000))}}] } }""" },
        { "a byte order mark", () => "\uFEFF" + """{"facility":"hsp"}""" },
    };

    [Fact]
    public async Task Tariff_AsLargeAsADocumentMayBe_IsTaken()
    {
        var document = TariffDocuments.HalfHours("mine", root => root["note"] = "");
        document = document.Replace(
            "\"note\":\"\"", $"\"note\":\"{new string('x', (256 * 1024) - document.Length)}\"", StringComparison.Ordinal);

        Assert.Single(await AnswersAsync($$"""{"tariff":{{document}},"lines":true,"nextChange":true}""", Stay));
    }

    [Fact]
    public async Task Stay_ThatWouldTakeTooLongToPrice_SaysHowLongItMayBe()
    {
        var answers = await AnswersAsync(
            $$"""{"tariff":{{EveryOtherMinute(12)}},"nextChange":true}""",
            """{"enteredAt":"2026-05-04T00:00:00Z","exitedAt":"2026-05-05T00:00:00Z"}""",
            """{"enteredAt":"2026-05-04T00:00:00Z","exitedAt":"2036-05-04T00:00:00Z"}""");

        Assert.Contains("\"total\":", answers[0], StringComparison.Ordinal);
        Assert.Contains(
            "\"problem\":\"the stay is too long for looking ahead under so many bands\",\"expected\":\"at most ",
            answers[1],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stay_WithTooManyLines_SaysHowLongItMayBe()
    {
        var answers = await AnswersAsync(
            $$"""{"tariff":{{EveryOtherMinute(12)}},"lines":true}""",
            """{"enteredAt":"2026-05-04T00:00:00Z","exitedAt":"2026-05-05T00:00:00Z"}""",
            """{"enteredAt":"2026-05-04T00:00:00Z","exitedAt":"2026-06-04T00:00:00Z"}""");

        Assert.Contains("\"lines\":[", answers[0], StringComparison.Ordinal);
        Assert.Contains(
            "\"problem\":\"the stay is too long to be explained line by line\",\"expected\":\"at most 5 days after enteredAt\"",
            answers[1],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task DemoTariffs_ByTheLongestStays_ArePricedAndExplainedForMonths()
    {
        foreach (var facility in DemoBoards.Names.Select(row => row.Data))
        {
            var answers = await AnswersAsync(
                $$"""{"facility":"{{facility}}","nextChange":true,"lines":true}""",
                """{"enteredAt":"2026-05-04T00:00:00Z","exitedAt":"2026-11-04T00:00:00Z"}""");
            var tenYears = await AnswersAsync(
                $$"""{"facility":"{{facility}}"}""", """{"enteredAt":"2026-05-04T00:00:00Z","exitedAt":"2036-05-04T00:00:00Z"}""");

            Assert.All([.. answers, .. tenYears], answer => Assert.Contains("\"total\":", answer, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Body_OfAnotherMediaType_IsUnsupported()
    {
        using var client = _app.CitizenClient("alice-310101");

        using var response = await client.PostAsync(Path, new StringContent("{}", Encoding.UTF8, "application/json"), Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Fact]
    public async Task Body_LargerThanOtherCallsTake_IsTaken()
    {
        using var app = new ParkingApplication().OnKestrel();

        var answers = await AnswersAsync(app, ["""{"facility":"hsp"}""", .. Enumerable.Repeat(Stay, 2000)]);

        Assert.Equal(2000, answers.Count);
    }

    [Fact]
    public async Task Body_LargerThanThisCallTakes_IsTooLarge()
    {
        using var app = new ParkingApplication().OnKestrel();
        using var client = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = Timeout.InfiniteTimeSpan })
        {
            BaseAddress = app.ClientOptions.BaseAddress,
            DefaultRequestHeaders = { Authorization = new("Bearer", app.TokenFor("alice-310101")) },
        };
        using var content = new StreamContent(new MemoryStream("x"u8.ToArray()));
        content.Headers.ContentType = new(NdjsonWriter.MediaType);
        content.Headers.ContentLength = QuoteEndpoints.MaxBodyBytes + 1L;
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = content };
        request.Headers.ExpectContinue = true;

        using var response = await client.SendAsync(request, Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    [Fact]
    public async Task Calls_BeyondTheLimit_AreRefusedToThatCitizenAlone()
    {
        using var app = new ParkingApplication(("RateLimits:QuotesPerMinute", "2"));
        using var alice = app.CitizenClient("alice-310101");
        using var bob = app.CitizenClient("bob-310101");
        for (var i = 0; i < 2; i++)
        {
            using var allowed = await alice.PostAsync(Path, Body("""{"facility":"hsp"}"""), Cancellation);
            Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        }

        using var refused = await alice.PostAsync(Path, Body("""{"facility":"hsp"}"""), Cancellation);
        using var other = await bob.PostAsync(Path, Body("""{"facility":"hsp"}"""), Cancellation);
        using var code = await alice.PostAsync("/v1/codes", null, Cancellation);

        await ProblemAssert.IsAsync(refused, HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (other.StatusCode, code.StatusCode));
    }

    /// <summary>A tariff whose price changes every minute of so many hours.</summary>
    private static string EveryOtherMinute(int hours) => TariffDocuments.HalfHours("mine", root =>
    {
        var rate = root["versions"]![0]!["rateTables"]![0]!["rates"]![0]!;
        rate["ladderAtBandChange"] = "restarts";
        rate["stepAtBandChange"] = "endsWhole";
        var rest = rate["bands"]![0]!.DeepClone();
        rest["id"] = "rest";
        rate["bands"] = new JsonArray(
        [
            .. Enumerable.Range(0, hours).Select(hour => JsonNode.Parse($$"""
                { "id": "h{{hour}}", "activeTimes": [{{string.Join(',', Enumerable.Range(0, 30).Select(n => MinuteOf(hour, 2 * n)))}}],
                  "rateLines": [ { "rateLineType": "flatRate", "value": 100, "per": "band" } ] }
                """)),
            rest,
        ]);

        static string MinuteOf(int hour, int minute) =>
            $$"""{"startTime":"{{hour:00}}:{{minute:00}}","endTime":"{{hour:00}}:{{minute + 1:00}}"}""";
    });

    private static string TariffWith(string field, string json)
    {
        var document = JsonNode.Parse(TariffDocuments.HalfHours("mine"))!;
        document["versions"]![0]!["rateTables"]![0]!["rates"]![0]!["bands"]![0]!["rateLines"]![0]![field] = "HERE";
        return $$"""{"tariff":{{document.ToJsonString().Replace("\"HERE\"", json, StringComparison.Ordinal)}}}""";
    }

    private static string WithoutText(JsonNode lines)
    {
        foreach (var line in lines.AsArray())
        {
            Assert.NotEmpty(line!["text"]!["zh"]!.GetValue<string>());
            line.AsObject().Remove("text");
        }

        return lines.ToJsonString();
    }

    private Task<IReadOnlyList<string>> AnswersAsync(params IEnumerable<string> lines) => AnswersAsync(_app, lines);

    private static async Task<IReadOnlyList<string>> AnswersAsync(ParkingApplication app, params IEnumerable<string> lines)
    {
        using var client = app.CitizenClient("alice-310101");
        using var response = await client.PostAsync(Path, Body(string.Join('\n', lines) + "\n"), Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.ToString());
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task<JsonArray> RefusalAsync(string body)
    {
        using var client = _app.CitizenClient("alice-310101");
        using var response = await client.PostAsync(Path, Body(body), Cancellation);
        await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid-quote-request");
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!["errors"]!.AsArray();
    }

    private static StringContent Body(string text)
    {
        var content = new StringContent(text, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue(NdjsonWriter.MediaType);
        return content;
    }
}
