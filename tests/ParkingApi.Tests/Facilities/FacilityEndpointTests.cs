using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Parking.Api.Tests.Infrastructure;
using Parking.Events;
using Parking.Facilities;
using Parking.Ports;

namespace Parking.Api.Tests.Facilities;

public sealed class FacilityEndpointTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Facilities_OfTheCity_HaveTheirOccupancy()
    {
        using var app = new ParkingApplication();
        using var client = app.AnonymousClient();
        var spaces = Enumerable.Range(1, 3).Select(seq => new GateEventId(new("yuyuan-in-1"), new(7), seq)).ToList();
        await app.Services.GetRequiredService<ILiveStore>().RestoreAsync(new("yuyuan"), new(1), spaces);

        var list = await client.GetFromJsonAsync<JsonElement>("/v1/facilities", Cancellation);
        var one = await client.GetStringAsync("/v1/facilities/yuyuan", Cancellation);

        var city = app.Services.GetRequiredService<CityDirectory>();
        Assert.Equal(
            city.Facilities.Select(facility => facility.Id.Value),
            list.GetProperty("facilities").EnumerateArray().Select(facility => facility.GetProperty("id").GetString()));
        Assert.Equal(
            """{"id":"yuyuan","district":"huangpu","name":{"zh":"豫园里弄小停车场","en":"Yuyuan Lane Yard"},"capacity":8"""
                + ""","timeZone":"Asia/Shanghai","position":[600,450]"""
                + ""","state":"open","occupancy":{"occupied":3,"free":5"""
                + ""","asOf":"2026-05-04T08:30:15Z","confidence":"exact","silentGates":0,"unsent":0,"unexplained":0,"shown":3}}""",
            one);
        Assert.Contains(one, list.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facility_FullerThanItsCapacity_HasNoneFree()
    {
        using var app = new ParkingApplication();
        using var client = app.AnonymousClient();
        var spaces = Enumerable.Range(1, 30).Select(seq => new GateEventId(new("nanjing-west-street-in-1"), new(7), seq)).ToList();
        await app.Services.GetRequiredService<ILiveStore>().RestoreAsync(new("nanjing-west-street"), new(1), spaces);

        var facility = await client.GetFromJsonAsync<JsonElement>("/v1/facilities/nanjing-west-street", Cancellation);

        var occupancy = facility.GetProperty("occupancy");
        Assert.Equal((30, 0), (occupancy.GetProperty("occupied").GetInt32(), occupancy.GetProperty("free").GetInt32()));
    }

    [Fact]
    public async Task Facility_WhileTheStoreIsOutOfReach_HasNoOccupancy()
    {
        using var app = new ParkingApplication
        {
            Replace = services => services.Replace(
                ServiceDescriptor.Singleton(BrokenStore.Create(() => throw new StoreUnavailableException("Gone.")))),
        };
        using var client = app.AnonymousClient();

        using var response = await client.GetAsync("/v1/facilities/yuyuan", Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var facility = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.False(facility.TryGetProperty("occupancy", out _) || facility.TryGetProperty("state", out _));
    }

    /// <summary>What is asked for, and which facilities of the demo city are it.</summary>
    [Theory]
    [InlineData("district=xuhui", "xuhui-hospital xujiahui")]
    [InlineData("id=yuyuan&id=hsp&id=nowhere&id=yuyuan", "hsp yuyuan")]
    [InlineData("name=YUY", "yuyuan")]
    [InlineData("name=人民", "hsp")]
    [InlineData("name=%20lane%20", "yuyuan")]
    [InlineData("name=nothing-like-it", "")]
    [InlineData("district=xuhui&name=hospital", "xuhui-hospital")]
    [InlineData("district=xuhui&id=hsp", "")]
    public async Task Facilities_ThatAreAskedFor_AreThese(string query, string expected)
    {
        using var app = new ParkingApplication();
        using var client = app.AnonymousClient();

        var list = await client.GetFromJsonAsync<JsonElement>($"/v1/facilities?{query}", Cancellation);

        Assert.Equal(
            expected,
            string.Join(' ', list.GetProperty("facilities").EnumerateArray().Select(one => one.GetProperty("id").GetString()).Order()));
    }

    /// <summary>A facility that takes nobody in has no space for whoever looks for one, however many are free.</summary>
    [Fact]
    public async Task Facilities_WithMostFreeSpaces_ComeFirst_AndAClosedOneLast()
    {
        using var app = new ParkingApplication();
        using var client = app.OperatorClient();
        using var closed = await client.PutAsJsonAsync("/v1/facilities/lujiazui/state", new { closed = true }, Cancellation);
        closed.EnsureSuccessStatusCode();

        async Task<string> AskAsync(string query) => string.Join(
            ' ',
            (await client.GetFromJsonAsync<JsonElement>($"/v1/facilities?{query}", Cancellation)).GetProperty("facilities")
                .EnumerateArray().Select(one => one.GetProperty("id").GetString()));

        Assert.Equal("hsp jingan-temple xujiahui", await AskAsync("most=3"));
        Assert.Equal("xujiahui", await AskAsync("name=xu&most=1"));
        Assert.EndsWith("yuyuan lujiazui", await AskAsync("most=100"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("most=0", "most")]
    [InlineData("most=101", "most")]
    [InlineData("district=nowhere", "district")]
    [InlineData("name=", "name")]
    [InlineData("name=%20%20", "name")]
    public async Task Facilities_AskedForWrongly_AreRefused(string query, string member)
    {
        using var app = new ParkingApplication();
        using var client = app.AnonymousClient();

        using var response = await client.GetAsync($"/v1/facilities?{query}", Cancellation);
        using var tooMany = await client.GetAsync(
            $"/v1/facilities?{string.Join('&', Enumerable.Range(0, 101).Select(n => $"id=f{n}"))}", Cancellation);

        Assert.StartsWith(
            $"{member} ", await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid-request"), StringComparison.Ordinal);
        Assert.StartsWith(
            "id may be given 100 times", await ProblemAssert.IsAsync(tooMany, HttpStatusCode.BadRequest, "invalid-request"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Districts_HaveTheirOutlines()
    {
        using var app = new ParkingApplication();
        using var client = app.AnonymousClient();

        var answer = await client.GetStringAsync("/v1/districts", Cancellation);

        Assert.StartsWith(
            """{"districts":[{"id":"huangpu","name":{"zh":"黄浦区","en":"Huangpu"},"outline":[[500,200],[600,215],""",
            answer,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task FacilityAndDistrict_OfACityWithoutAMap_HaveNoPlace()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(
            folder.PathOf("city.json"),
            """
            {"timeZone":"Europe/Amsterdam","districts":[{"id":"d","name":{"zh":"一","en":"One"}}],"facilities":[{
              "id":"f","district":"d","name":{"zh":"停","en":"P"},"capacity":1,
              "gates":[{"id":"i","direction":"entry"},{"id":"o","direction":"exit"}]}]}
            """,
            Cancellation);
        using var app = new ParkingApplication(("City:File", folder.PathOf("city.json")));
        using var client = app.AnonymousClient();

        var districts = await client.GetStringAsync("/v1/districts", Cancellation);
        var facility = await client.GetFromJsonAsync<JsonElement>("/v1/facilities/f", Cancellation);

        Assert.Equal("""{"districts":[{"id":"d","name":{"zh":"一","en":"One"},"facilities":1,"timeZone":"Europe/Amsterdam"}]}""", districts);
        Assert.Equal("Europe/Amsterdam", facility.GetProperty("timeZone").GetString());
        Assert.False(facility.TryGetProperty("position", out _));
    }

    [Theory]
    [InlineData("nope")]
    [InlineData("YUYUAN")]
    public async Task Facility_Unknown_IsNotFound(string id)
    {
        using var app = new ParkingApplication();
        using var client = app.AnonymousClient();

        using var response = await client.GetAsync($"/v1/facilities/{id}", Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, "facility-not-found");
    }
}
