using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parking.Api.Tests.Infrastructure;
using Parking.Facilities;
using Parking.Tariffs.Documents;

namespace Parking.Api.Tests.Tariffs;

public sealed class TariffEndpointTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private readonly ParkingApplication _app = shared.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tariff_OfEachFacility_IsADocumentThatReadsAsTheSame()
    {
        using var client = _app.AnonymousClient();
        var city = _app.Services.GetRequiredService<CityDirectory>();
        foreach (var facility in city.Facilities)
        {
            var document = await client.GetByteArrayAsync($"/v1/facilities/{facility.Id}/tariff", Cancellation);

            Assert.Equal(document, TariffWriter.Write(TariffReader.Read(document, city.HolidayCalendars)));
            Assert.Equal(facility.Tariff!.Id, JsonDocument.Parse(document).RootElement.GetProperty("id").GetString());
        }
    }

    [Fact]
    public async Task Tariff_AskedForAgain_IsNotSentAgain()
    {
        using var client = _app.AnonymousClient();
        using var first = await client.GetAsync("/v1/facilities/hsp/tariff", Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/facilities/hsp/tariff");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var again = await client.SendAsync(request, Cancellation);

        Assert.Equal("application/json", first.Content.Headers.ContentType?.MediaType);
        Assert.False(first.Headers.ETag!.IsWeak);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Schema_ForEditors_IsTheLibrarys()
    {
        using var client = _app.AnonymousClient();

        using var response = await client.GetAsync("/v1/tariffs/schema", Cancellation);

        Assert.Equal("application/schema+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(TariffSchema.Json, await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("/v1/facilities/nope/tariff", "facility-not-found")]
    [InlineData("/v1/facilities/nope/price-board", "facility-not-found")]
    [InlineData("/v1/facilities/f1/tariff", "tariff-not-found")]
    [InlineData("/v1/facilities/f1/price-board", "tariff-not-found")]
    public async Task Facility_WithoutTariff_IsNotFound(string path, string problem)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.PathOf("city.json"), SampleCity.Of([], ("f1", null)), Cancellation);
        using var app = new ParkingApplication(("City:File", folder.PathOf("city.json")));
        using var client = app.AnonymousClient();

        using var response = await client.GetAsync(path, Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, problem);
    }

    [Fact]
    public async Task Board_WithoutAccept_IsJsonInBothLanguages()
    {
        using var client = _app.AnonymousClient();

        using var response = await client.GetAsync("/v1/facilities/yuyuan/price-board", Cancellation);

        var board = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        var (zh, en) = (board.GetProperty("zh"), board.GetProperty("en"));
        Assert.Equal(["zh", "en"], board.EnumerateObject().Select(member => member.Name));
        Assert.Equal(zh.GetArrayLength(), en.GetArrayLength());
        Assert.Equal(("豫园里弄小停车场", "Yuyuan Lane Yard"), (zh[0].GetString(), en[0].GetString()));
        Assert.Equal(["Accept"], response.Headers.Vary);
    }

    [Fact]
    public async Task Board_InATypeThatItDoesNotComeIn_IsNotAcceptable()
    {
        using var client = _app.AnonymousClient();
        client.DefaultRequestHeaders.Accept.Add(new("image/png"));

        using var response = await client.GetAsync("/v1/facilities/yuyuan/price-board", Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.NotAcceptable, "not-acceptable");
    }

    [Fact]
    public async Task Board_OfATariffWithVersions_IsOfTheOneInForceNow()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.PathOf("one.json"), TariffDocuments.HalfHours("one", DearerFrom2027), Cancellation);
        await File.WriteAllTextAsync(folder.PathOf("city.json"), SampleCity.Of([], ("f1", "one.json")), Cancellation);
        using var app = new ParkingApplication(("City:File", folder.PathOf("city.json")));
        app.Time.SetUtcNow(DateTimeOffset.Parse("2026-12-31T23:59:59+08:00", CultureInfo.InvariantCulture));
        using var client = TextClient(app);

        var before = await client.GetStringAsync("/v1/facilities/f1/price-board", Cancellation);
        app.Time.Advance(TimeSpan.FromSeconds(1));
        var after = await client.GetStringAsync("/v1/facilities/f1/price-board", Cancellation);

        var first = await client.GetStringAsync("/v1/facilities/f1/price-board?version=1", Cancellation);
        using var none = await client.GetAsync("/v1/facilities/f1/price-board?version=7", Cancellation);

        Assert.Equal(before, first);
        await ProblemAssert.IsAsync(none, HttpStatusCode.NotFound, "tariff-version-not-found");
        Assert.Contains("¥5 per started 30 min", before, StringComparison.Ordinal);
        Assert.Contains("¥9 per started 30 min", after, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(DemoBoards.Names), MemberType = typeof(DemoBoards))]
    public async Task Board_OfTheDemoCity_IsAsApproved(string facility)
    {
        using var client = TextClient(_app);

        using var response = await client.GetAsync($"/v1/facilities/{facility}/price-board", Cancellation);

        Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(DemoBoards.Of(facility), await response.Content.ReadAsStringAsync(Cancellation));
    }

    private static void DearerFrom2027(JsonNode tariff)
    {
        const string newYear = "2027-01-01T00:00:00+08:00";
        var versions = tariff["versions"]!.AsArray();
        var dearer = versions[0]!.DeepClone();
        versions[0]!["validityEnd"] = newYear;
        dearer["validityStart"] = newYear;
        dearer["version"] = 2;
        dearer["rateTables"]![0]!["rates"]![0]!["bands"]![0]!["rateLines"]![0]!["value"] = 900;
        versions.Add(dearer);
    }

    private static HttpClient TextClient(ParkingApplication app)
    {
        var client = app.AnonymousClient();
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/plain"));
        return client;
    }
}
