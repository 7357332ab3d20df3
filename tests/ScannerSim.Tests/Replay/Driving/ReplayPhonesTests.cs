using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NodaTime.Extensions;
using Parking.ScannerSim.Tests.Phones;
using Parking.Simulation.Phones;
using Parking.Simulation.Replay.Driving;
using Parking.Simulation.Replay.Faults;
using Parking.Simulation.Settings;

namespace Parking.ScannerSim.Tests.Replay.Driving;

/// <summary>The phones of a replay's drivers after the service's store lost what it knew of them.</summary>
public sealed class ReplayPhonesTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 8, 10, 0, TimeSpan.Zero));
    private readonly DeviceOffice _office;
    private readonly HttpClient _http;
    private readonly ReplayPhones _phones;

    public ReplayPhonesTests()
    {
        _office = new DeviceOffice(_time);
        _http = _office.CreateClient();
        var world = new VirtualTime(_time.GetUtcNow().ToInstant());
        var people = new ReplayPeople(new JwtSettings("issuer", "audience", new byte[32]), _time.ToClock());
        _phones = new(_http, people, world, _time, FaultProfile.None, 1, new ReplayRecorder(world, _ => "f"));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _phones.Dispose();
        _http.Dispose();
        _office.Dispose();
    }

    [Fact]
    public async Task Phone_ThatTheStoreForgot_GoesOnWithWhatItHas_AndIsLinkedAgainWhenItIsRefusedMore()
    {
        await _phones.MakeAsync("d1", null, Cancellation);
        LoseEverything();

        // Four of its eight certificates are left before it asks for more.
        for (var passage = 0; passage < LinkedPhone.FullStock / 2; passage++)
        {
            await _phones.MakeAsync("d1", null, Cancellation);
            _phones.MarkUsed("d1", null);
        }
        Assert.Empty(_office.Received);

        await _phones.MakeAsync("d1", null, Cancellation);

        Assert.Equal(
            [
                "/v1/devices/challenges", "/v1/devices/certificates", "/v1/me/devices",
                "/v1/devices/challenges", "/v1/devices/certificates",
            ],
            _office.Received.Select(request => request.Split(' ')[1]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Phone_EndedBeforeOrAfterTheStoreForgotIt_IsUnsure(bool isLostFirst)
    {
        await _phones.MakeAsync("d1", null, Cancellation);
        if (isLostFirst)
        {
            LoseEverything();
        }
        Assert.True(await _phones.EndAsync("d1", null, byOthers: true, Cancellation));
        if (!isLostFirst)
        {
            LoseEverything();
        }

        Assert.Equal(DeviceEnding.Unsure, (await _phones.MakeAsync("d1", null, Cancellation)).Ended);
    }

    [Fact]
    public async Task Phone_ThatHasEnded_IsNotEndedAgain_AndIsAnotherOneAfterItsNextCode()
    {
        await _phones.MakeAsync("d1", null, Cancellation);

        Assert.True(await _phones.EndAsync("d1", null, byOthers: true, Cancellation));
        Assert.False(await _phones.EndAsync("d1", null, byOthers: false, Cancellation));

        Assert.Equal(DeviceEnding.Retired, (await _phones.MakeAsync("d1", null, Cancellation)).Ended);
        Assert.Equal(DeviceEnding.No, (await _phones.MakeAsync("d1", null, Cancellation)).Ended);
    }

    private void LoseEverything()
    {
        _office.Forget();
        _phones.StoreLost(Instant.MinValue);
        _office.Received.Clear();
    }
}
