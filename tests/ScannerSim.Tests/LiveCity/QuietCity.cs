using Parking.Simulation.LiveCity;
using Parking.Simulation.Phones;
using Parking.Simulation.Service;

namespace Parking.ScannerSim.Tests.LiveCity;

/// <summary>A living city without traffic: its service and its gates, for drivers at a browser alone.</summary>
public sealed class QuietCity : IAsyncLifetime
{
    private readonly CancellationTokenSource _ending = new();
    private LivingCity? _city;
    private Task _life = Task.CompletedTask;
    private int _citizens;

    internal LivingCity City => _city!;

    public async ValueTask InitializeAsync()
    {
        var options = new LiveCityOptions { Port = LoopbackPort.FindFree(), Store = StoreKind.Embedded, HasTraffic = false };
        _city = await LivingCity.StartAsync(options, _ => { }, TimeProvider, TestContext.Current.CancellationToken);
        _life = _city.RunAsync(_ending.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _life;
        await City.DisposeAsync();
        _ending.Dispose();
    }

    /// <summary>The phone of a citizen whom no other test meets.</summary>
    internal CitizenPhone CreatePhone()
    {
        var number = Interlocked.Increment(ref _citizens);
        return new CitizenPhone(City.Http, $"citizen {number}", City.Identities.CitizenToken(number), TimeProvider);
    }

    /// <summary>A phone without a network, of a citizen whom no other test meets.</summary>
    internal async Task<LinkedPhone> CreateLinkedPhoneAsync()
    {
        var number = Interlocked.Increment(ref _citizens);
        var phone = new LinkedPhone(City.Http, $"citizen {number}", TimeProvider, TimeProvider);
        await phone.LinkAsync(City.Identities.CitizenToken(number), TestContext.Current.CancellationToken);
        await phone.RestockAsync(plate: null, TestContext.Current.CancellationToken);
        return phone;
    }

#pragma warning disable RS0030 // The city lives in this machine's time.
    internal static TimeProvider TimeProvider => TimeProvider.System;
#pragma warning restore RS0030
}
