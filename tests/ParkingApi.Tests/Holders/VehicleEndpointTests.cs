using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parking.Api.Hosting.Identity;
using Parking.Api.Tests.Infrastructure;
using Parking.Ports;

namespace Parking.Api.Tests.Holders;

public sealed class VehicleEndpointTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private readonly ParkingApplication _app = shared.App;
    private readonly string _alice = shared.FreshCitizen("alice"), _bob = shared.FreshCitizen("bob");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Vehicles_OfACitizenWhoNeverCame_AreNone()
    {
        using var client = _app.CitizenClient(_alice);

        Assert.Equal("""{"vehicles":[]}""", await client.GetStringAsync("/v1/me/vehicles", Cancellation));
    }

    [Fact]
    public async Task Vehicles_Put_AreThoseOfThatCitizenAlone()
    {
        using var alice = _app.CitizenClient(_alice);
        using var bob = _app.CitizenClient(_bob);

        using var response = await PutAsync(alice, ("沪A·12345", "car"), ("b 1", "coach"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var expected = """[["沪A12345","car"],["B1","coach"]]""";
        Assert.Equal(expected, Summary(await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)));
        Assert.Equal(expected, Summary(await alice.GetFromJsonAsync<JsonElement>("/v1/me/vehicles", Cancellation)));
        Assert.Equal("[]", Summary(await bob.GetFromJsonAsync<JsonElement>("/v1/me/vehicles", Cancellation)));
    }

    [Fact]
    public async Task Vehicles_MoreThanEight_AreRefused()
    {
        using var client = _app.CitizenClient(_alice);

        using var eight = await PutAsync(client, [.. Enumerable.Range(1, 8).Select(number => ($"A{number}", "car"))]);
        using var nine = await PutAsync(client, [.. Enumerable.Range(1, 9).Select(number => ($"A{number}", "car"))]);

        Assert.Equal(HttpStatusCode.OK, eight.StatusCode);
        await ProblemAssert.IsAsync(nine, HttpStatusCode.BadRequest, "invalid-request");
    }

    [Fact]
    public async Task Vehicles_WithWrongPlates_SaysWhichAreWrong()
    {
        using var client = _app.CitizenClient(_alice);

        using var response = await PutAsync(client, ("A1", "car"), ("?", "car"), ("a 1", "car"));

        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(
            ["vehicles[1].plate", "vehicles[2].plate"], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task Vehicles_PutByManyAtOnce_EndAsOneOfThem()
    {
        using var client = _app.CitizenClient(_alice);

        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(number => PutAsync(client, ($"A{number}", "car"))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        var last = await client.GetFromJsonAsync<JsonElement>("/v1/me/vehicles", Cancellation);
        Assert.Equal(1, last.GetProperty("vehicles").GetArrayLength());
        Array.ForEach(answers, answer => answer.Dispose());
    }

    /// <summary>A mistyped correction would take the vehicle off the list, with its shares and its open stay.</summary>
    [Fact]
    public async Task Vehicles_WithACorrectionOfWhatIsNotListed_ChangeNothing()
    {
        using var client = _app.CitizenClient(_alice);
        using var listed = await PutAsync(client, ("A1", "car"), ("A2", "car"));

        using var mistyped = await CorrectAsync(client, right: "B1", wrong: "A7");
        var problem = await mistyped.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, mistyped.StatusCode);
        Assert.Equal(["vehicles[0].corrects"], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        var left = await client.GetFromJsonAsync<JsonElement>("/v1/me/vehicles", Cancellation);
        Assert.Equal("""[["A1","car"],["A2","car"]]""", Summary(left));

        for (var time = 0; time < 2; time++)
        {
            using var corrected = await CorrectAsync(client, right: "B1", wrong: "A1");
            Assert.Equal("""[["B1","car"]]""", Summary(await corrected.Content.ReadFromJsonAsync<JsonElement>(Cancellation)));
        }
    }

    [Fact]
    public async Task Vehicles_WhoseAccountIsDamaged_AreAProblemThatSaysSo()
    {
        using var client = _app.CitizenClient(_alice);
        using var listed = await PutAsync(client, ("A1", "car"));
        var key = _app.Services.GetRequiredService<ServiceSecrets>().CitizenKeyOf(_alice);
        var store = _app.Services.GetRequiredService<IAccountStore>();
        var holder = (await store.FindAsync(key))!.Value.Holder;
        await store.SaveAccountAsync(holder, (await store.LoadAccountAsync(holder)).Version, """{"v":2,"slots":1}"""u8.ToArray());

        using var response = await client.GetAsync("/v1/me/vehicles", Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.InternalServerError, "data-unreadable");
    }

    private static Task<HttpResponseMessage> CorrectAsync(HttpClient client, string right, string wrong) => client.PutAsJsonAsync(
        "/v1/me/vehicles", new { vehicles = new[] { new { plate = right, @class = "car", corrects = wrong } } }, Cancellation);

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, params (string Plate, string Class)[] vehicles) =>
        client.PutAsJsonAsync(
            "/v1/me/vehicles",
            new { vehicles = vehicles.Select(vehicle => new { plate = vehicle.Plate, @class = vehicle.Class }) },
            Cancellation);

    private static string Summary(JsonElement list) => "["
        + string.Join(
            ',',
            list.GetProperty("vehicles")
                .EnumerateArray()
                .Select(vehicle => $"""["{vehicle.GetProperty("plate").GetString()}","{vehicle.GetProperty("class").GetString()}"]"""))
        + "]";
}
