using Parking.DriverProxy;
using Parking.ScannerSim.Demo.Views;
using Parking.Simulation.LiveCity;
using Spectre.Console;

namespace Parking.ScannerSim.Demo;

/// <summary><c>demo --pages</c>: a city that lives until Ctrl+C, for whoever looks at it in a browser.</summary>
internal static class PagesDemo
{
    public static Task<int> RunAsync(
        LiveCityOptions options, PhoneAccess? phones, bool isPlain, TextWriter errors, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var console = AnsiConsole.Console;
        var view = new CityView(console, Console.Out, isLive: !isPlain && DemoCommand.CanDrawOn(console), time);
        return CommandRun.RunAsync(
            errors,
            "Stopped. The service that was started has been ended.",
            async () =>
            {
                using var certificate = phones?.LoadCertificate(errors, time);
                await using var city = await view.WaitForAsync(
                    report => LivingCity.StartAsync(options, report, time, cancellationToken));
                await using var proxy = phones is null
                    ? null
                    : await ProxyServer.StartAsync(phones.Address, certificate, city.Origin, cancellationToken);
                view.Announce(city, phones?.Address);
                var life = city.RunAsync(cancellationToken);
                await view.ShowAsync(city, life, cancellationToken);
                await life;
                return ExitCodes.Good;
            },
            cancellationToken);
    }
}

/// <summary>Where and how real phones reach the drivers' page.</summary>
/// <param name="Address">The address that they open.</param>
/// <param name="Certificate">The file of the certificate; null where the address needs none.</param>
/// <param name="Key">The file of its private key; null: in the same file.</param>
internal sealed record PhoneAccess(ListenAddress Address, string? Certificate, string? Key)
{
    /// <summary>Loads the certificate, and says so if it is for another host.</summary>
    /// <exception cref="InvalidDataException">It cannot be used.</exception>
    public ServerCertificate? LoadCertificate(TextWriter errors, TimeProvider time)
    {
        if (Certificate is null)
        {
            return null;
        }
        var certificate = ServerCertificate.Load(Certificate, Key, time);
        if (!certificate.IsFor(Address))
        {
            errors.WriteLine(
                $"{Certificate}: the certificate does not name {Address.Host}, so phones will not trust it. Put it into subjectAltName.");
        }
        return certificate;
    }
}
