using System.Net;
using System.Net.Http.Json;
using NodaTime;
using Parking.Api.Tests.Commands;
using Parking.Api.Tests.Infrastructure;
using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Rights;

/// <summary>How the code of a wall screen is read, and what is refused when one is named or opened.</summary>
public sealed class ScreenRefusalTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private const string Name = "Control room, left", Origin = "http://localhost";

    private static int _drawn;

    private readonly ParkingApplication _app = shared.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{0}", true)]
    [InlineData("  {0} ", true)]
    [InlineData("lower", true)]
    [InlineData("gaps", true)]
    [InlineData("0000000000", false)]
    [InlineData("{0}0", false)]
    [InlineData("-", false)]
    public async Task Code_IsReadAsPeopleTypeIt(string form, bool opens)
    {
        var code = await NameAsync();
        var typed = form switch
        {
            "lower" => code.ToLowerInvariant().Replace('0', 'o').Replace('1', 'l'),
            "gaps" => $"{code[..5]}-{code[5..]}",
            _ => form.Replace("{0}", code, StringComparison.Ordinal),
        };

        using var answer = await PostCodeAsync(typed, Origin);

        Assert.Equal(opens ? HttpStatusCode.NoContent : HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("scope", "facility:nowhere", Name)]
    [InlineData("scope", "district:nowhere", Name)]
    [InlineData("scope", "watch@city", Name)]
    [InlineData("name", "city", " ")]
    [InlineData("name", "city", "two\nlines")]
    [InlineData("name", "city", "two\u2028lines")]
    [InlineData("name", "city", "\u202E")]
    [InlineData("name", "city", "left\u202E")]
    [InlineData("name", "city", "\u3164")]
    public async Task ScreenThatMakesNoSense_IsRefused_AndNamesTheMember(string member, string scope, string name)
    {
        using var answer = await PostAsync(new() { Id = NewId(), Name = name, Scope = scope });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<InvalidMembersAnswer>(ContractJson.ClientOptions, Cancellation);
        Assert.Equal([member], problem!.Errors.Keys);
    }

    /// <summary>Nobody opens a screen in somebody else's browser unasked: it would take away who is signed in there.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("https://evil.example")]
    public async Task Code_FromAForeignSite_OpensNothing(string? origin)
    {
        var code = await NameAsync();
        using var refused = await PostCodeAsync(code, origin);
        using var opened = await PostCodeAsync(code, Origin);

        await ProblemAssert.IsAsync(refused, HttpStatusCode.Forbidden, "foreign-origin");
        Assert.Equal(HttpStatusCode.NoContent, opened.StatusCode);
    }

    private static string NewId() =>
        Ulids.At(Instant.FromDateTimeOffset(ParkingApplication.Start), Interlocked.Increment(ref _drawn)).Value;

    /// <returns>The code of a screen that was named now.</returns>
    private async Task<string> NameAsync()
    {
        using var answer = await PostAsync(new() { Id = NewId(), Name = Name, Scope = "city" });
        return (await answer.Content.ReadFromJsonAsync<ScreenCodeAnswer>(ContractJson.Options, Cancellation))!.Code!;
    }

    private async Task<HttpResponseMessage> PostAsync(ScreenRequest request)
    {
        using var admin = _app.OperatorClient(duties: ["admin@city"]);
        return await admin.PostAsJsonAsync("/v1/screens", request, ContractJson.Options, Cancellation);
    }

    private async Task<HttpResponseMessage> PostCodeAsync(string code, string? origin)
    {
        using var browser = _app.AnonymousClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in/screen") { Content = JsonContent.Create(new { code }) };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await browser.SendAsync(request, Cancellation);
    }
}
