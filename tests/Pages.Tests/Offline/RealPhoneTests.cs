using Parking.Optics.Programs;
using Parking.Pages.Tests.Browser;
using Parking.Simulation.Service;

namespace Parking.Pages.Tests.Offline;

/// <summary>
/// The drivers' page of <c>demo --pages --listen</c>, over https, in a browser that trusts the certificate: as on a phone in the same
/// network.
/// </summary>
public sealed class RealPhoneTests : IDisposable
{
    private const string Entry = "hsp-in-1";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PhoneOverHttps_IsLinked_EntersAGate_AndKeepsThePageWhenTheDemoIsOver()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends SIGINT with the program kill, which Windows does not have.");
        using var certificate = TestCertificates.Create();
        var (file, key) = (Path.Combine(_folder.FullPath, "pc.pem"), Path.Combine(_folder.FullPath, "pc.key"));
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem(), Cancellation);
        await File.WriteAllTextAsync(key, TestCertificates.KeyOf(certificate), Cancellation);
        var origin = new Uri($"https://localhost:{LoopbackPort.FindFree()}");
        await using var demo = SimulatorProcess.Start(
        [
            "demo", "--pages", "--no-past", "--plain", "--port", $"{LoopbackPort.FindFree()}",
            "--listen", $"{origin}", "--certificate", file, "--key", key,
        ],
        new Dictionary<string, string> { ["TMPDIR"] = _folder.FullPath });
        await demo.WaitForLineAsync("On a phone: ", Cancellation);
        await using var phone = await Chromium.OpenProfileAsync(
            new ScreenSettings(origin, Width: 390, Height: 844),
            Path.Combine(_folder.FullPath, "profile"),
            $"--ignore-certificate-errors-spki-list={TestCertificates.PinOf(certificate)}");

        await phone.SignInAsync(DriverScreen.LinXia, "/driver");
        await phone.UntilHasCodeAsync();
        await phone.LinkAsync();
        await phone.UntilAsync("gate => !!document.querySelector(`#gate option[value='${gate}']`)", Entry);
        await phone.Page.SelectAsync("#gate", Entry);
        await phone.Page.ClickAsync("#show");

        // The hub tells it: the page hears of the opening without asking.
        await phone.UntilReadsAsync("#moment h2", "Your stay began at");
        await phone.AssertCleanAsync();

        await demo.InterruptAsync(Cancellation);
        Assert.Equal(0, await demo.WaitForExitAsync(Cancellation));
        await phone.GoAsync("/driver");
        await phone.UntilHasOwnCodeAsync();
    }
}
