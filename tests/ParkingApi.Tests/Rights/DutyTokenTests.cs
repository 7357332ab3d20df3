using System.Net;
using Parking.Api.Hosting.Identity;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Rights;

/// <summary>What a bearer token with duties must be like.</summary>
public sealed class DutyTokenTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly ParkingApplication _app = shared.App;

    [Fact]
    public async Task Token_OfAQuarterOfAnHour_IsTaken_AndEndsThen()
    {
        // The provider's clock may be off by half a minute.
        var limit = Longest + TimeSpan.FromSeconds(30);

        Assert.Equal(HttpStatusCode.OK, await AskAtAgeAsync(TimeSpan.Zero));
        Assert.Equal(HttpStatusCode.OK, await AskAtAgeAsync(limit - TimeSpan.FromSeconds(1)));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAtAgeAsync(limit));

        async Task<HttpStatusCode> AskAtAgeAsync(TimeSpan age) =>
            (await AskAsync(Token(Duties(), _app.Time.GetUtcNow() - age, Longest))).StatusCode;
    }

    [Fact]
    public async Task Token_ThatLivesLonger_IsRefusedWithTheReason()
    {
        using var answer = await AskAsync(Token(Duties(), _app.Time.GetUtcNow(), Longest + TimeSpan.FromSeconds(1)));

        var detail = await ProblemAssert.IsAsync(answer, HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal("A token with the claim duty may live for 15 minutes, from iat to exp. Get a shorter one.", detail);
        Assert.Contains(detail!, answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Otherwise it could not be withdrawn.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Token_WithoutAPersonOrATime_IsRefusedWithTheReason(bool hasPerson, bool hasTime)
    {
        var claims = Duties();
        if (!hasPerson)
        {
            claims.Remove(Citizen.CodeClaim);
        }

        using var answer = await AskAsync(Token(claims, hasTime ? _app.Time.GetUtcNow() : null, hasTime ? Longest : null));

        var detail = await ProblemAssert.IsAsync(answer, HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal("A token with the claim duty needs the claims sub, iat and exp.", detail);
    }

    /// <summary>A single value is a text and not a list in some providers' tokens.</summary>
    [Fact]
    public async Task Duty_AsAText_Counts()
    {
        var claims = Duties();
        claims[DutyReader.Claim] = "watch@facility:hsp";

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Token(claims, _app.Time.GetUtcNow(), Longest))).StatusCode);
    }

    [Fact]
    public async Task Duty_ThatIsMalformed_GrantsNothing_AndIsReportedOnceWithoutNamingAnybody()
    {
        var claims = Duties();
        claims[DutyReader.Claim] = new[] { "zhang-310101199001011234", "operate@everywhere" };
        var token = Token(claims, _app.Time.GetUtcNow(), Longest);

        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(token)).StatusCode);

        Assert.Single(_app.Log.Lines, line => line.Contains("A claim 'duty' is none", StringComparison.Ordinal));
        Assert.All(["310101199001011234", "olga-310102"], name => Assert.DoesNotContain(
            _app.Log.Lines, line => line.Contains(name, StringComparison.Ordinal)));
    }

    private static Dictionary<string, object> Duties() =>
        new() { [Citizen.CodeClaim] = "olga-310102", [DutyReader.Claim] = new[] { "watch@city" } };

    private string Token(Dictionary<string, object> claims, DateTimeOffset? issued, TimeSpan? lifetime) =>
        _app.TokenOf(claims, issued, lifetime);

    private async Task<HttpResponseMessage> AskAsync(string token)
    {
        using var client = _app.AnonymousClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return await client.GetAsync("/v1/gates", TestContext.Current.CancellationToken);
    }
}
