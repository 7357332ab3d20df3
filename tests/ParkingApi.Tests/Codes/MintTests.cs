using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using Parking.Accounts;
using Parking.Admission;
using Parking.Api.Tests.Infrastructure;
using Parking.Codes;
using Parking.Events;

namespace Parking.Api.Tests.Codes;

public sealed class MintTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private static readonly Instant Now = Instant.FromDateTimeOffset(ParkingApplication.Start);

    private readonly ParkingApplication _app = shared.App;
    private readonly string _alice = shared.FreshCitizen("alice"), _bob = shared.FreshCitizen("bob");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mint_ForACitizen_GivesACodeThatLivesAMinute()
    {
        using var client = _app.CitizenClient(_alice);

        using var response = await client.PostAsJsonAsync("/v1/codes", new { }, Cancellation);

        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal(["code", "expiresAt", "redrawAt"], answer.EnumerateObject().Select(member => member.Name));
        Assert.Equal("2026-05-04T08:31:15Z", answer.GetProperty("expiresAt").GetString());
        Assert.Equal("2026-05-04T08:30:45Z", answer.GetProperty("redrawAt").GetString());
        var check = Keys().Verifier.Verify(answer.GetProperty("code").GetString(), Now);
        Assert.True(check.IsAccepted);
        Assert.Equal(Now + Duration.FromSeconds(60), check.ExpiresAt);
    }

    [Fact]
    public async Task Mint_WithSymbol_GivesTheSymbolOfItsText()
    {
        using var client = _app.CitizenClient(_alice);

        using var response = await client.PostAsJsonAsync("/v1/codes", new { symbol = true }, Cancellation);

        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        var symbol = QrSymbol.Encode(answer.GetProperty("code").GetString()!);
        Assert.Equal(symbol.Size + 8, answer.GetProperty("symbol").GetProperty("side").GetInt32());
        Assert.Equal(CodeDrawing.ToPath(symbol), answer.GetProperty("symbol").GetProperty("path").GetString());
    }

    [Fact]
    public async Task Mint_ByOneCitizenTwice_GivesTwoCodesOfOneHolder()
    {
        using var alice = _app.CitizenClient(_alice);
        using var bob = _app.CitizenClient(_bob);

        var (first, second, other) = (await MintAsync(alice), await MintAsync(alice), await MintAsync(bob));

        Assert.NotEqual(first.Code, second.Code);
        Assert.Equal(first.Holder, second.Holder);
        Assert.NotEqual(first.Holder.Holder, other.Holder.Holder);
    }

    [Fact]
    public async Task Mint_ForAVehicle_NamesItsSlot()
    {
        using var client = _app.CitizenClient(_alice);
        await ListAsync(client, "沪A11111", "沪A22222");

        Assert.Equal(new VehicleSlot(2), (await MintAsync(client, "沪a·222 22")).Holder.Vehicle);
        Assert.Equal(VehicleSlot.None, (await MintAsync(client)).Holder.Vehicle);
    }

    [Theory]
    [InlineData("沪A33333")]
    [InlineData("沪A11111")]
    [InlineData("")]
    [InlineData("no plate at all !!")]
    public async Task Mint_ForAVehicleThatIsNotListed_IsVehicleNotFound(string plate)
    {
        using var client = _app.CitizenClient(_alice);
        await ListAsync(client, "沪A11111");
        await ListAsync(client, "沪A22222");

        using var response = await client.PostAsJsonAsync("/v1/codes", new { plate }, Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, "vehicle-not-found");
    }

    [Theory]
    [InlineData("image/svg+xml", "image/svg+xml")]
    [InlineData("image/png", "image/png")]
    [InlineData("image/*", "image/svg+xml")]
    [InlineData("image/png;q=0.9,application/json;q=0.5", "image/png")]
    public async Task Mint_AsAPicture_SaysItsTimesInHeaders(string accept, string mediaType)
    {
        using var client = _app.CitizenClient(_alice);
        client.DefaultRequestHeaders.Accept.ParseAdd(accept);

        using var response = await client.PostAsync("/v1/codes", null, Cancellation);

        var picture = await response.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.Equal(mediaType, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(mediaType == "image/png" ? [0x89, (byte)'P', (byte)'N', (byte)'G'] : "<svg"u8.ToArray(), picture[..4]);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal(["2026-05-04T08:31:15Z"], response.Headers.GetValues("Expires-At"));
        Assert.Equal(["2026-05-04T08:30:45Z"], response.Headers.GetValues("Redraw-At"));
        Assert.True(InstantPattern.ExtendedIso.Parse(response.Headers.GetValues("Expires-At").Single()).Success);
    }

    [Fact]
    public async Task Mint_InAFormThatNobodyDraws_IsNotAcceptableAndSaysSoInJson()
    {
        using var client = _app.CitizenClient(_alice);
        client.DefaultRequestHeaders.Accept.ParseAdd("image/webp");

        using var response = await client.PostAsync("/v1/codes", null, Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.NotAcceptable, "not-acceptable");
    }

    [Fact]
    public async Task Mint_WithEntitlementsInTheToken_TakesThemOver_AndWithoutTakesThemBack()
    {
        using var listed = _app.CitizenClient(_alice, (string[])["resident", "disabled-badge"]);
        using var text = _app.CitizenClient(_alice, "resident");
        using var none = _app.CitizenClient(_alice);
        await ListAsync(listed, "沪A11111");

        var holder = (await MintAsync(listed)).Holder.Holder;
        Assert.Equal(Entitlements.Of("resident disabled-badge"), await EntitlementsOfAsync(holder));
        await ListAsync(none, "沪A11111", "沪A22222");
        Assert.Equal(Entitlements.Of("resident disabled-badge"), await EntitlementsOfAsync(holder));
        await MintAsync(text, "沪A22222");
        Assert.Equal(Entitlements.Of("resident"), await EntitlementsOfAsync(holder));
        await MintAsync(none);
        Assert.Equal(Entitlements.None, await EntitlementsOfAsync(holder));
    }

    /// <summary>Whoever is parked needs a code to leave, and a gate that is cut off opens for it.</summary>
    [Fact]
    public async Task Mint_WithTheStoreAway_NamesTheSameHolderAndTheVehicleThatIsRemembered()
    {
        var outage = new OutageOfStore();
        using var app = new ParkingApplication { Replace = outage.UseForAccounts };
        var keys = app.Services.GetRequiredService<CodeKeys>();
        using var known = app.CitizenClient("310101199001010011");
        using var entitled = app.CitizenClient("310101199001010011", "resident");
        using var stranger = app.CitizenClient("310101199001010022");
        await ListAsync(known, "沪A11111", "沪A22222");
        var before = Sealed(await CodeAsync(known, "沪A22222"));
        outage.AfterCalls(0);

        var away = Sealed(await CodeAsync(known, "沪A22222"));
        var without = Sealed(await CodeAsync(entitled));
        var strange = Sealed(await CodeAsync(stranger, "沪A33333"));
        using var unlisted = await known.PostAsJsonAsync("/v1/codes", new { plate = "沪A33333" }, Cancellation);
        outage.Over();
        var after = Sealed(await CodeAsync(stranger));

        Assert.Equal(before, away);
        Assert.Equal(new SealedHolder(before.Holder, VehicleSlot.None), without);
        Assert.Equal((after.Holder, VehicleSlot.None), (strange.Holder, strange.Vehicle));
        Assert.Equal(HttpStatusCode.NotFound, unlisted.StatusCode);

        SealedHolder Sealed(string code)
        {
            var check = keys.Current.Verifier.Verify(code, Now);
            return keys.Current.SealingKeys.Open(check);
        }
    }

    /// <summary>Whoever is parked with a shared car needs a code to leave, too.</summary>
    [Fact]
    public async Task Mint_WithTheStoreAway_NamesTheSharedVehicleThatIsRemembered()
    {
        var outage = new OutageOfStore();
        using var app = new ParkingApplication { Replace = outage.UseForAccounts };
        var keys = app.Services.GetRequiredService<CodeKeys>();
        using var owner = app.CitizenClient("310101199001010033");
        using var member = app.CitizenClient("310101199001010044");
        await app.ListCarsAsync("310101199001010033", "沪A11111", "沪A22222");
        await app.ShareAsync("310101199001010033", "310101199001010044", "沪A22222");
        var owners = Sealed(await CodeAsync(owner, "沪A22222"));
        outage.AfterCalls(0);

        var away = Sealed(await CodeAsync(member, "沪A22222"));
        using var notShared = await member.PostAsJsonAsync("/v1/codes", new { plate = "沪A11111" }, Cancellation);

        Assert.Equal(owners, away);
        Assert.Equal(HttpStatusCode.NotFound, notShared.StatusCode);

        SealedHolder Sealed(string code)
        {
            var check = keys.Current.Verifier.Verify(code, Now);
            return keys.Current.SealingKeys.Open(check);
        }
    }

    private async Task<Entitlements> EntitlementsOfAsync(HolderId holder) =>
        (await _app.Services.GetRequiredService<HolderRegistry>().LoadAccountAsync(holder)).Entitlements;

    private KeySnapshot Keys() => _app.Services.GetRequiredService<CodeKeys>().Current;

    private async Task<(string Code, SealedHolder Holder)> MintAsync(HttpClient client, string? plate = null)
    {
        var code = await CodeAsync(client, plate);
        var keys = Keys();
        var check = keys.Verifier.Verify(code, Now);
        return (code, keys.SealingKeys.Open(check));
    }

    private static async Task<string> CodeAsync(HttpClient client, string? plate = null)
    {
        using var response = await client.PostAsJsonAsync("/v1/codes", plate is null ? new object() : new { plate }, Cancellation);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("code").GetString()!;
    }

    private static async Task ListAsync(HttpClient client, params IEnumerable<string> plates)
    {
        using var response = await client.PutAsJsonAsync(
            "/v1/me/vehicles", new { vehicles = plates.Select(plate => new { plate, @class = "car" }) }, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
