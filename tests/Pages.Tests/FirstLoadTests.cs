using Parking.Pages.Tests.Browser;
using Parking.Pages.Tests.Offline;

namespace Parking.Pages.Tests;

/// <summary>
/// What a browser with an empty cache loads until a page is of use: bodies as they are transferred, without what the API answers. Headers
/// are not counted: HTTP/2 compresses them to some ten bytes each.
/// </summary>
[Collection<SharedService>]
public sealed class FirstLoadTests(Chromium chromium, LiveService service)
{
    private const int ConsoleLimit = 40 * 1024, DriverLimit = 25 * 1024, OfflineLimit = 12 * 1024;

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task Console_IsSmall(string language)
    {
        await using var screen = await chromium.OpenConsoleAsync(service, language);

        await LoadAgainAsync(screen, "/console");
        await screen.UntilConnectionIsAsync("live");

        await AssertSmallAsync(screen, ConsoleLimit);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task Driver_IsSmall(string language)
    {
        await using var screen = await chromium.OpenDriverAsync(service, language: language);

        await LoadAgainAsync(screen, "/driver");
        await screen.UntilHasCodeAsync();

        await AssertSmallAsync(screen, DriverLimit);
    }

    /// <summary>What linking a phone adds, once: all that makes and draws a code without a network.</summary>
    [Fact]
    public async Task Driver_Linked_AddsLittle()
    {
        await using var screen = await chromium.OpenDriverAsync(service);
        await screen.LinkAsync();
        await screen.Page.Client.SendAsync("Network.setBypassServiceWorker", new Dictionary<string, object> { ["bypass"] = true });

        await LoadAgainAsync(screen, "/driver");
        await screen.UntilReadsAsync("#offline-note", "Works offline until");

        await AssertSmallAsync(screen, OfflineLimit, "/driver/offline/");
    }

    private static async Task LoadAgainAsync(Screen screen, string page)
    {
        await screen.Page.SetCacheEnabledAsync(false);
        screen.ForgetTransfers();
        await screen.GoAsync(page);
    }

    private static async Task AssertSmallAsync(Screen screen, int limit, string folder = "/")
    {
        var transfers = screen.Transfers
            .Where(transfer => !IsData(transfer.Path) && transfer.Path.StartsWith(folder, StringComparison.Ordinal))
            .ToList();
        var output = TestContext.Current.TestOutputHelper!;
        transfers.ForEach(transfer => output.WriteLine($"{transfer.Bytes,6}  {transfer.Path}"));
        output.WriteLine($"{transfers.Sum(transfer => transfer.Bytes),6}  together");
        Assert.InRange(transfers.Sum(transfer => transfer.Bytes), 1, limit);
        await screen.AssertCleanAsync();
    }

    private static bool IsData(string path) => path.StartsWith("/v1/", StringComparison.Ordinal) || path == "/demo/gates";
}
