using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Parking.Optics;
using Parking.Simulation.LiveCity;

namespace Parking.ScannerSim.Tests.LiveCity;

/// <summary>What the service passes on for drivers at a browser, over HTTP, before gates that ask the real service.</summary>
public sealed class GateListenerTests(QuietCity quiet) : IClassFixture<QuietCity>, IDisposable
{
    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    private readonly HttpClient _http = CreateClient(quiet.City.Listener.Address, quiet.City.Listener.Key);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Gates_WithTheKey_AreAllThoseOfTheCity()
    {
        var list = await _http.GetFromJsonAsync<JsonNode>("gates", Cancellation);

        var gates = list!["gates"]!.AsArray();
        Assert.Equal(quiet.City.City.Facilities.Sum(facility => facility.Gates.Count), gates.Count);
        Assert.Equal(
            """{"gate":"hsp-in-1","facility":"hsp","facilityName":{"zh":"人民广场北停车库","en":"People's Square North Garage"},"""
            + "\"direction\":\"entry\"}",
            gates[0]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public async Task Show_CodesOfOneStay_OpenEntryAndExit_AndThePictureIsKept()
    {
        var phone = quiet.CreatePhone();

        var entry = await ShowAsync("hsp-in-1", (await phone.FetchAsync(null, Cancellation)).Code);
        var during = await phone.GetStaysAsync(Cancellation);
        var exit = await ShowAsync("hsp-out-1", (await phone.FetchAsync(null, Cancellation)).Code);

        Assert.Equal((true, "open", "entered", false), Outline(entry));
        Assert.InRange((int)entry["frames"]!, 1, LaneCamera.MostFrames);
        Assert.Equal("hsp", Assert.Single(during.Open).Facility);
        Assert.Equal((true, "open", "exited", false), Outline(exit));
        Assert.Null(entry["fee"]);
        Assert.Equal("CNY", (string?)exit["fee"]!["currency"]);
        Assert.False(string.IsNullOrEmpty((string?)exit["display"]!["zh"]));
        using var picture = await _http.GetAsync($"pictures/{(string?)entry["picture"]}", Cancellation);
        Assert.Equal("image/png", picture.Content.Headers.ContentType?.MediaType);
        Assert.Equal(PngSignature, (await picture.Content.ReadAsByteArrayAsync(Cancellation)).Take(PngSignature.Length));
    }

    [Fact]
    public async Task Show_TwoDriversOneAfterTheOther_TheFirstHasPassedWhenTheSecondIsDecided()
    {
        var (one, two) = (quiet.CreatePhone(), quiet.CreatePhone());

        var first = ShowAsync("lujiazui-in-1", (await one.FetchAsync(null, Cancellation)).Code);
        var second = ShowAsync("lujiazui-in-1", (await two.FetchAsync(null, Cancellation)).Code);

        Assert.All(await Task.WhenAll(first, second), answer => Assert.Equal((true, "open", "entered", false), Outline(answer)));
    }

    [Fact]
    public async Task Show_SameCodeAgain_IsRefusedAsUsed()
    {
        var code = (await quiet.CreatePhone().FetchAsync(null, Cancellation)).Code;

        await ShowAsync("xujiahui-in-1", code);

        Assert.Equal((true, "refuse", "code_used", false), Outline(await ShowAsync("xujiahui-in-2", code)));
    }

    [Fact]
    public async Task Show_SomeOtherSymbol_IsReadAndRefused() =>
        Assert.Equal((true, "refuse", "not_a_code", false), Outline(await ShowAsync("hsp-in-2", "https://example.org/")));

    [Fact]
    public async Task Show_GateWithItsCableCut_DecidesAlone()
    {
        var lane = quiet.City.Lanes["jingan-temple-in-1"];
        var code = (await quiet.CreatePhone().FetchAsync(null, Cancellation)).Code;
        lane.IsCut = true;
        try
        {
            Assert.Equal((true, "open", "opened_offline", true), Outline(await ShowAsync("jingan-temple-in-1", code)));
            await lane.RestartAsync(Cancellation);
        }
        finally
        {
            lane.IsCut = false;
        }
        Assert.Null(await lane.ReportAsync(Cancellation));
    }

    [Fact]
    public async Task Show_PhoneWithoutANetwork_OpensAGateThatIsCutOff_AndLeavesByOneThatIsNot()
    {
        var lane = quiet.City.Lanes["xuhui-hospital-in-1"];
        var phone = await quiet.CreateLinkedPhoneAsync();
        lane.IsCut = true;
        try
        {
            Assert.Equal((true, "open", "opened_offline", true), Outline(await ShowAsync(lane.Plan.Id, phone.Mint(plate: null).Text)));
        }
        finally
        {
            lane.IsCut = false;
        }
        Assert.Null(await lane.ReportAsync(Cancellation));
        phone.MarkUsed(plate: null);

        Assert.Equal((true, "open", "exited", false), Outline(await ShowAsync("xuhui-hospital-out-1", phone.Mint(plate: null).Text)));
        Assert.Equal(new AloneCounts(1, 1), quiet.City.Pulse.AloneAt(lane.Plan.Id));
    }

    [Fact]
    public async Task Show_PageThatNoCameraCanRead_SaysSo()
    {
        using var listener = GateListener.Open();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var tasks = new RunningTasks();
        var camera = new LaneCamera(1, new Distortion("without contrast") { Ink = 120, Paper = 120 }, QuietCity.TimeProvider);
        var drivers = new BrowserDrivers(quiet.City.Lanes, camera, quiet.City.Pulse);
        tasks.Start(() => listener.RunAsync(drivers, tasks, ending.Token));
        using var http = CreateClient(listener.Address, listener.Key);

        var answer = await ShowAsync(http, "hsp-in-2", (await quiet.CreatePhone().FetchAsync(null, Cancellation)).Code);

        Assert.Equal((false, null, null, false), Outline(answer));
        Assert.Equal(LaneCamera.MostFrames, (int)answer["frames"]!);
        Assert.True(answer.AsObject().ContainsKey("decision") && answer.AsObject().ContainsKey("reason"));
        await ending.CancelAsync();
        await tasks.WaitAsync();
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "gates/hsp-in-1/show")]
    [InlineData("POST", "gates")]
    [InlineData("POST", "gates/nowhere-in-1/show")]
    [InlineData("POST", "gates/hsp-in-1/show/now")]
    [InlineData("DELETE", "gates/hsp-in-1")]
    [InlineData("GET", "pictures/0123")]
    public async Task Call_OfSomethingElse_IsNotFound(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = method == "POST" ? JsonContent.Create(new { code = "SP1:1" }) : null,
        };

        await AssertProblemAsync(await _http.SendAsync(request, Cancellation), HttpStatusCode.NotFound, "urn:parking:not-found");
    }

    [Theory]
    [InlineData("")]
    [InlineData("code")]
    [InlineData("{}")]
    [InlineData("""{"code":""}""")]
    [InlineData("""{"code":null}""")]
    [InlineData("""{"code":"SP1:1","plate":"沪A"}""")]
    [InlineData("[]")]
    public async Task Show_BodyOfAnotherForm_IsRefused(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        await AssertProblemAsync(
            await _http.PostAsync("gates/hsp-in-1/show", content, Cancellation), HttpStatusCode.BadRequest, "urn:parking:invalid-request");
    }

    [Theory]
    [InlineData(501)]
    [InlineData(100_000)]
    public async Task Show_CodeThatIsTooLong_IsRefused(int length) => await AssertProblemAsync(
        await _http.PostAsJsonAsync("gates/hsp-in-1/show", new { code = new string('0', length) }, Cancellation),
        HttpStatusCode.BadRequest,
        "urn:parking:invalid-request");

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    [InlineData("")]
    public async Task Call_WithoutTheKey_IsRefused(string? key)
    {
        using var http = CreateClient(quiet.City.Listener.Address, key);

        await AssertProblemAsync(await http.GetAsync("gates", Cancellation), HttpStatusCode.Unauthorized, "urn:parking:unauthenticated");
        await AssertProblemAsync(
            await http.PostAsJsonAsync("gates/hsp-in-1/show", new { code = "SP1:1" }, Cancellation),
            HttpStatusCode.Unauthorized,
            "urn:parking:unauthenticated");
    }

    private Task<JsonNode> ShowAsync(string gate, string code) => ShowAsync(_http, gate, code);

    private static async Task<JsonNode> ShowAsync(HttpClient http, string gate, string code)
    {
        // In pieces, as a forwarded body comes.
        using var content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(new JsonObject { ["code"] = code }.ToJsonString())));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"gates/{gate}/show") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using var response = await http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!;
    }

    private static (bool Read, string? Decision, string? Reason, bool Local) Outline(JsonNode answer) =>
        ((bool)answer["read"]!, (string?)answer["decision"], (string?)answer["reason"], (bool)answer["local"]!);

    private static async Task AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string type)
    {
        using (response)
        {
            Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            var problem = await response.Content.ReadFromJsonAsync<JsonNode>(Cancellation);
            Assert.Equal((type, (int)status), ((string?)problem!["type"], (int)problem["status"]!));
        }
    }

    private static HttpClient CreateClient(Uri address, string? key) => new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = address,
        DefaultRequestHeaders = { Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key) },
    };
}
