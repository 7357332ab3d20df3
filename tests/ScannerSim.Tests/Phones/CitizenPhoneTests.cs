using System.Net;
using Microsoft.Extensions.Time.Testing;
using Parking.Simulation.Clients;
using Parking.Simulation.Phones;

namespace Parking.ScannerSim.Tests.Phones;

public sealed class CitizenPhoneTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));
    private readonly ScriptedService _service = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task Show_BeforeItsTimeToBeRedrawn_IsTheSameCode()
    {
        AnswerCode("one");
        var phone = Phone();

        Assert.Equal("one", (await phone.ShowAsync("沪A12345", Cancellation)).Code);
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal("one", (await phone.ShowAsync("沪A12345", Cancellation)).Code);

        Assert.Equal("Bearer token", _service.LastAuthorization);
        var request = Assert.Single(_service.Received);
        Assert.StartsWith("/v1/codes {\"plate\":", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_TimeToBeRedrawn_IsTheNextCode()
    {
        AnswerCode("one").ThenJson(Code("two"));
        var phone = Phone();
        await phone.ShowAsync(null, Cancellation);

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("two", (await phone.ShowAsync(null, Cancellation)).Code);
    }

    [Fact]
    public async Task Show_AfterUse_IsTheNextCode()
    {
        AnswerCode("one").ThenJson(Code("two"));
        var phone = Phone();
        await phone.ShowAsync(null, Cancellation);

        phone.MarkUsed();

        Assert.Equal("two", (await phone.ShowAsync(null, Cancellation)).Code);
        Assert.Equal("/v1/codes {}", _service.Received[0]);
    }

    [Fact]
    public async Task Show_AnotherVehicle_IsAnotherCode()
    {
        AnswerCode("one").ThenJson(Code("two"));
        var phone = Phone();

        Assert.Equal("one", (await phone.ShowAsync("沪A1", Cancellation)).Code);
        Assert.Equal("two", (await phone.ShowAsync("沪A2", Cancellation)).Code);
        Assert.Equal("one", (await phone.ShowAsync("沪A1", Cancellation)).Code);
    }

    [Fact]
    public async Task Show_AskedToBePatient_AsksAgain()
    {
        _service.ThenStatus(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(2)).ThenJson(Code("one"));

        var showing = Phone().ShowAsync(null, Cancellation);
        while (!showing.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        Assert.Equal("one", (await showing).Code);
    }

    [Fact]
    public async Task Show_Refused_NamesDriverAndProblemButNoToken()
    {
        _service.ThenStatus(HttpStatusCode.NotFound, body: """{"type":"urn:parking:vehicle-not-found"}""");

        var error = await Assert.ThrowsAsync<ServiceRefusedException>(() => Phone().ShowAsync("沪A1", Cancellation));

        Assert.StartsWith("driver 1, fetching a code: HTTP 404 urn:parking:vehicle-not-found", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("token", error.Message, StringComparison.Ordinal);
    }

    private ScriptedService AnswerCode(string code) => _service.ThenJson(Code(code));

    private CitizenPhone Phone() => new(_service.CreateClient(), "driver 1", "token", _time);

    private string Code(string code)
    {
        var now = _time.GetUtcNow();
        return $$"""
            {"code":"{{code}}","expiresAt":"{{now.AddSeconds(60):yyyy-MM-ddTHH:mm:ssZ}}",
             "redrawAt":"{{now.AddSeconds(30):yyyy-MM-ddTHH:mm:ssZ}}"}
            """;
    }
}
