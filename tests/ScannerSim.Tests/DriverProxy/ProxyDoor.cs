using Parking.DriverProxy;
using Parking.ScannerSim.Tests.LiveCity;
using Parking.Simulation.Service;

namespace Parking.ScannerSim.Tests.DriverProxy;

/// <summary>A living city without traffic, and the proxy before its service.</summary>
public sealed class ProxyDoor : IAsyncLifetime
{
    private readonly QuietCity _quiet = new();
    private readonly string _file = Path.GetTempFileName();
    private ServerCertificate? _certificate;
    private ProxyServer? _proxy;

    public Uri Origin { get; } = new($"https://localhost:{LoopbackPort.FindFree()}");

    internal Simulation.LiveCity.LivingCity City => _quiet.City;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _quiet.InitializeAsync();
        using var made = TestCertificates.Create();
        await File.WriteAllTextAsync(_file, $"{made.ExportCertificatePem()}\n{TestCertificates.KeyOf(made)}", Cancellation);
        _certificate = LoadCertificate();
        _proxy = await ProxyServer.StartAsync(new ListenAddress(Origin), _certificate, City.Origin, Cancellation);
    }

    internal ServerCertificate LoadCertificate() => ServerCertificate.Load(_file, keyPath: null, QuietCity.TimeProvider);

    public async ValueTask DisposeAsync()
    {
        await _proxy!.DisposeAsync();
        _certificate!.Dispose();
        File.Delete(_file);
        await _quiet.DisposeAsync();
    }
}
