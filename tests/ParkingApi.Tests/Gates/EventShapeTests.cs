using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Gates;

/// <summary>What is said to uploads and events that make no sense. Every test has a journal of its own at one service.</summary>
public sealed class EventShapeTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private const string Gate = "hsp-in-1";
    private const string When = "\"deviceTime\":\"2026-05-04T08:30:16Z\"";

    private static int _journals;

    private readonly ParkingApplication _app = shared.App;
    private readonly string _journal = Interlocked.Increment(ref _journals).ToString("x16", CultureInfo.InvariantCulture);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>One stay more than an inventory may close.</summary>
    private static string TooMany => string.Join(',', Enumerable.Repeat($"\"{new string('0', 32)}\"", 501));

    /// <summary>Events that make no sense, and the place or the words that the error has.</summary>
    public static TheoryData<string, string> Unreadable => new()
    {
        { $$"""{"type":"teleport","seq":1,{{When}}}""", "$.type: it is one of scan, act, incident, link, inventory" },
        { $$"""{"seq":1,{{When}},"code":"A"}""", "$.type: it is one of" },
        { $$"""{"type":7,"seq":1,{{When}}}""", "$.type: it is one of" },
        { """{"type":"scan","seq":1,"code":"A"}""", "$.deviceTime: it is missing" },
        { """{"type":"scan","seq":1,"deviceTime":null,"code":"A"}""", "$.deviceTime" },
        { """{"type":"scan","seq":1,"deviceTime":7,"code":"A"}""", "$.deviceTime" },
        { """{"type":"scan","seq":1,"deviceTime":"yesterday","code":"A"}""", "$.deviceTime" },
        { """{"type":"scan","seq":1,"deviceTime":"2026-02-30T00:00:00Z","code":"A"}""", "$.deviceTime" },
        { """{"type":"scan","seq":1,"deviceTime":"2026-05-04T08:30:16","code":"A"}""", "$.deviceTime" },
        { """{"type":"scan","seq":1,"deviceTime":"2026-05-04T08:30:16+08:00","code":"A"}""", "$.deviceTime" },
        { """{"type":"scan","seq":1,"deviceTime":"9999-12-31T23:59:59Z","clockOffset":3155760000000,"code":"A"}""", "deviceTime" },
        {
            """{"type":"link","seq":1,"deviceTime":"-9998-01-01T00:00:00Z","clockOffset":-3155760000000,"link":"came_back"}""",
            "deviceTime"
        },
        { $$"""{"type":"scan","seq":1,{{When}},"clockOffset":3155760000001,"code":"A"}""", "clockOffset" },
        { $$"""{"type":"scan","seq":1,{{When}},"clockOffset":-9223372036854775808,"code":"A"}""", "clockOffset" },
        { $$"""{"type":"scan","seq":1,{{When}},"clockOffset":1.5,"code":"A"}""", "$.clockOffset" },
        { $$"""{"type":"scan","seq":1,{{When}},"clockOffset":99999999999999999999,"code":"A"}""", "$.clockOffset" },
        { $$"""{"type":"scan","seq":1,{{When}},"code":"A","boot":"4c1d0a9e77b35f02"}""", "comes with steady" },
        { $$"""{"type":"scan","seq":1,{{When}},"code":"A","steady":60000}""", "comes with steady" },
        { $$"""{"type":"scan","seq":1,{{When}},"code":"A","boot":"4C1D0A9E77B35F02","steady":60000}""", "hexadecimal" },
        { $$"""{"type":"scan","seq":1,{{When}},"code":"A","boot":"4c1d0a9e77b35f02","steady":-1}""", "steady" },
        { $$"""{"type":"scan","seq":1,{{When}},"code":"A","boot":"4c1d0a9e77b35f02","steady":"1"}""", "$.steady" },
        { $$"""{"type":"scan","seq":1,{{When}},"code":"A","speed":9}""", "$: member 5 is none of the protocol's" },
        { $$"""{"type":"scan","seq":1,{{When}},"code":"A","act":"opened"}""", "$.act" },
        { $$"""{"type":"scan","seq":1,{{When}}}""", "code and decisionToken" },
        { $$"""{"type":"scan","seq":1,{{When}},"code":null}""", "code and decisionToken" },
        { $$"""{"type":"scan","seq":1,{{When}},"code":"A","decisionToken":"B"}""", "code and decisionToken" },
        { $$"""{"type":"scan","seq":1,{{When}},"code":["A"]}""", "$.code" },
        { $$"""{"type":"scan","seq":1,{{When}},"code":"A","code":"B"}""", "$.code" },
        { $$"""{"type":"scan","seq":1,{{When}},"code":"{{new string('A', 7090)}}"}""", "7089" },
        { $$"""{"type":"scan","seq":1,{{When}},"decisionToken":"{{new string('A', 2049)}}"}""", "decisionToken" },
        { $$"""{"type":"scan","seq":1,{{When}},"decisionToken":""}""", "decisionToken" },
        { $$"""{"type":"scan","seq":1,{{When}},"decisionToken":"no such thing"}""", "decisionToken" },
        { $$"""{"type":"scan","seq":1,{{When}},"decisionToken":"{{new string('A', 300)}}"}""", "decisionToken" },
        { $$"""{"type":"scan","seq":1,{{When}},"code":"A","local":"entered"}""", "local" },
        { $$"""{"type":"scan","seq":1,{{When}},"code":"A","local":"sideways"}""", "$.local" },
        { $$"""{"type":"scan","seq":1,{{When}},"code":"A","local":5}""", "$.local" },
        { $$"""{"type":"act","seq":1,{{When}},"act":"opened"}""", "scan" },
        { $$"""{"type":"act","seq":1,{{When}},"scan":1}""", "$.act: it is missing" },
        { $$"""{"type":"act","seq":1,{{When}},"act":"exploded","scan":1}""", "$.act" },
        { $$"""{"type":"act","seq":1,{{When}},"act":1,"scan":1}""", "$.act" },
        { $$"""{"type":"act","seq":1,{{When}},"act":"opened","scan":1}""", "scan" },
        { $$"""{"type":"act","seq":1,{{When}},"act":"opened","scan":0}""", "scan" },
        { $$"""{"type":"act","seq":1,{{When}},"act":"opened_by_hand"}""", "reason" },
        { $$"""{"type":"act","seq":1,{{When}},"act":"opened_by_hand","reason":""}""", "reason" },
        { $$"""{"type":"act","seq":1,{{When}},"act":"opened_by_hand","reason":"{{new string('A', 201)}}"}""", "reason" },
        { $$"""{"type":"act","seq":1,{{When}},"act":"passed","scan":1,"reason":"why not"}""", "reason" },
        { $$"""{"type":"incident","seq":1,{{When}},"incident":"aliens"}""", "$.incident" },
        { $$"""{"type":"incident","seq":1,{{When}},"incident":"tailgating","detail":""}""", "detail" },
        { $$"""{"type":"link","seq":1,{{When}},"link":"wobbly"}""", "$.link" },
        { $$"""{"type":"inventory","seq":1,{{When}}}""", "closes, count" },
        { $$"""{"type":"inventory","seq":1,{{When}},"count":-1}""", "count" },
        { $$"""{"type":"inventory","seq":1,{{When}},"count":1000001}""", "count" },
        { $$"""{"type":"inventory","seq":1,{{When}},"closes":["4be1"]}""", "closes" },
        { $$"""{"type":"inventory","seq":1,{{When}},"closes":[null]}""", "closes" },
        { $$"""{"type":"inventory","seq":1,{{When}},"closes":[{{TooMany}}]}""", "500" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task EventThatMakesNoSense_IsStoredAsThat_AndThePrefixMovesOn(string json, string place)
    {
        var first = await PostAsync($"[{json},{Link(2)}]");
        var again = await PostAsync($"[{json},{Link(2)}]");

        Assert.Equal(HttpStatusCode.OK, first.Status);
        var answers = first.Body.GetProperty("answers");
        Assert.Equal(["unreadable", "recorded"], answers.EnumerateArray().Select(answer => answer.GetProperty("outcome").GetString()));
        Assert.Contains(place, answers[0].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, first.Body.GetProperty("acknowledgedThrough").GetInt64());
        Assert.Equal(answers.GetRawText(), again.Body.GetProperty("answers").GetRawText());
        Assert.Contains(
            _app.Log.Lines,
            line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("EventUnreadable", StringComparison.Ordinal)
            && line.Contains(_journal, StringComparison.Ordinal));

        var mended = await PostAsync($$"""[{"type":"scan","seq":1,{{When}},"code":"mended"}]""");
        Assert.Equal(HttpStatusCode.Conflict, mended.Status);
    }

    [Theory]
    [InlineData("[]", "events")]
    [InlineData("""[{"type":"link","link":"came_back"}]""", "events[0].seq")]
    [InlineData("""[{"type":"link","seq":null}]""", "events[0].seq")]
    [InlineData("""[{"type":"link","seq":0}]""", "events[0].seq")]
    [InlineData("""[{"seq":1},{"seq":1}]""", "events[1].seq")]
    [InlineData("""[{"seq":3},{"seq":2}]""", "events[1].seq")]
    [InlineData("""[{"seq":1},7]""", "events[1].seq")]
    public async Task UploadWithoutIdentity_IsInvalid_AndNothingOfItIsStored(string events, string place)
    {
        var refused = await PostAsync(events);

        Assert.Equal(
            (HttpStatusCode.BadRequest, "urn:parking:invalid-request"), (refused.Status, refused.Body.GetProperty("type").GetString()));
        Assert.Equal(place, Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
        Assert.Equal(0, (await PostAsync($"[{Link(9)}]")).Body.GetProperty("acknowledgedThrough").GetInt64());
    }

    [Theory]
    [InlineData("\"short\"")]
    [InlineData("\"9F2C4E1AB03D5577\"")]
    [InlineData("null")]
    public async Task UploadWithoutAJournal_IsInvalid(string journal)
    {
        var refused = await PostAsync($"[{Link(1)}]", journal);

        var error = Assert.Single(refused.Body.GetProperty("errors").EnumerateObject());
        Assert.Equal((HttpStatusCode.BadRequest, "journal"), (refused.Status, error.Name));
    }

    [Theory]
    [InlineData(256, HttpStatusCode.OK)]
    [InlineData(257, HttpStatusCode.BadRequest)]
    public async Task Upload_HasAtMost256Events(int count, HttpStatusCode expected)
    {
        var told = await PostAsync($"[{string.Join(',', Enumerable.Range(1, count).Select(seq => Link(seq)))}]");

        Assert.Equal(expected, told.Status);
    }

    [Fact]
    public async Task TheTypeNeedNotComeFirst()
    {
        var told = await PostAsync("""[{"link":"came_back","seq":1,"deviceTime":"2026-05-04T08:30:16Z","type":"link"}]""");

        Assert.Equal("recorded", told.Body.GetProperty("answers")[0].GetProperty("outcome").GetString());
    }

    private static string Link(long seq) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"type":"link","seq":{{seq}},{{When}},"link":"came_back"}""");

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string events, string? journal = null)
    {
        using var client = _app.GateClient(Gate);
        using var content = new StringContent(
            $$"""{"journal":{{journal ?? $"\"{_journal}\""}},"events":{{events}}}""", Encoding.UTF8, "application/json");
        using var response = await client.PostAsync($"/v1/gates/{Gate}/events", content, Cancelled);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled));
    }
}
