using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>
/// What a browser with an empty cache loads until a page is of use: bodies as they are transferred, without what the API answers. Headers
/// are not counted: HTTP/2 compresses them to some ten bytes each.
/// </summary>
[Collection<SharedService>]
public sealed class FirstLoadTests(Chromium chromium, LiveService service)
{
    private const int ConsoleLimit = 40 * 1024, DriverLimit = 20 * 1024;

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

    private static async Task LoadAgainAsync(Screen screen, string page)
    {
        await screen.Page.SetCacheEnabledAsync(false);
        screen.ForgetTransfers();
        await screen.GoAsync(page);
    }

    private static async Task AssertSmallAsync(Screen screen, int limit)
    {
        var transfers = screen.Transfers.Where(transfer => !IsData(transfer.Path)).ToList();
        var output = TestContext.Current.TestOutputHelper!;
        transfers.ForEach(transfer => output.WriteLine($"{transfer.Bytes,6}  {transfer.Path}"));
        output.WriteLine($"{transfers.Sum(transfer => transfer.Bytes),6}  together");
        Assert.InRange(transfers.Sum(transfer => transfer.Bytes), 1, limit);
        await screen.AssertCleanAsync();
    }

    private static bool IsData(string path) => path.StartsWith("/v1/", StringComparison.Ordinal) || path == "/demo/gates";
}
