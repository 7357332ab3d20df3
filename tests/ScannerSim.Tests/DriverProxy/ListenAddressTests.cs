using Parking.DriverProxy;

namespace Parking.ScannerSim.Tests.DriverProxy;

public class ListenAddressTests
{
    [Theory]
    [InlineData("https://192.168.1.20:8443", "https://192.168.1.20:8443", "192.168.1.20", true)]
    [InlineData("192.168.1.20:8443", "https://192.168.1.20:8443", "192.168.1.20", true)]
    [InlineData("pc.local", "https://pc.local", "pc.local", true)]
    [InlineData("https://[fd00::20]:8443/", "https://[fd00::20]:8443", "fd00::20", true)]
    [InlineData("https://车位.local:8443", "https://xn--nqqp67m.local:8443", "xn--nqqp67m.local", true)]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080", "127.0.0.1", false)]
    [InlineData("http://localhost:8080", "http://localhost:8080", "localhost", false)]
    public void TryParse_AnAddressThatPhonesCanOpen_IsTaken(string text, string origin, string host, bool isEncrypted)
    {
        Assert.True(ListenAddress.TryParse(text, out var address, out var fault), fault);

        Assert.Equal((origin, host, isEncrypted), (address.ToString(), address.Host, address.IsEncrypted));
    }

    [Theory]
    [InlineData("", "must be the address that phones open")]
    [InlineData("https://pc.local/driver", "must be the address that phones open")]
    [InlineData("https://pc.local?x=1", "must be the address that phones open")]
    [InlineData("https://me@pc.local", "must be the address that phones open")]
    [InlineData("ftp://pc.local", "must be the address that phones open")]
    [InlineData("https://pc.local:0", "must be the address that phones open")]
    [InlineData("https://0.0.0.0:8443", "which no phone can open")]
    [InlineData("https://[::]:8443", "which no phone can open")]
    [InlineData("http://192.168.1.20:8443", "http on a loopback address only")]
    [InlineData("http://pc.local:8443", "http on a loopback address only")]
    public void TryParse_AnythingElse_IsRefusedWithAReason(string text, string reason)
    {
        Assert.False(ListenAddress.TryParse(text, out _, out var fault));

        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }
}
