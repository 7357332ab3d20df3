using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>A driver's vehicles on the page.</summary>
[Collection<SharedService>]
public sealed class DriverVehicleTests(Chromium chromium, LiveService service)
{
    [Fact]
    public async Task Vehicle_IsAdded_ShownOnTheCode_Removed_AndBroughtBack()
    {
        await using var screen = await chromium.OpenDriverAsync(service);
        var without = await screen.FirstCodeAsync();

        await screen.AddVehicleAsync("AD12345");
        await screen.UntilReadsAsync("#vehicles .plate", "AD12345");
        await screen.Page.ClickAsync("#vehicles .cross");
        await screen.UntilReadsAsync("#vehicles .empty", "No vehicle yet");
        await screen.Page.TypeAsync("#plate", "ad12345");
        await screen.Page.ClickAsync("[data-province=沪]");
        Assert.Equal("electric", await screen.Page.EvaluateExpressionAsync<string>("document.forms[0].elements.class.value"));
        await screen.Page.ClickAsync("#add");
        await screen.UntilReadsAsync("#vehicles .chosen .plate", "沪A·D12345");
        await screen.OpenTabAsync("code");

        await screen.UntilReadsAsync("#code-plate", "沪A·D12345");
        await screen.NextCodeAsync(without);
        await screen.OpenTabAsync("vehicles");
        await screen.Page.ClickAsync("#vehicles .cross");
        await screen.UntilGoneAsync("#vehicles .plate");
        await screen.Page.ClickAsync("#undo button");
        await screen.UntilReadsAsync("#vehicles .plate", "沪A·D12345");
        await screen.AssertCleanAsync();
    }

    [Theory]
    [InlineData("en", "A plate has 1 to 12 letters, digits and Chinese characters.", "This plate is in your list already.")]
    [InlineData("zh", "车牌由 1 至 12 位字母、数字和汉字组成。", "此车牌已在列表中。")]
    public async Task Error_IsShownAtTheField_AndWhatWasTypedStays(string language, string invalid, string known)
    {
        await using var screen = await chromium.OpenDriverAsync(service, DriverScreen.ZhouMing, language);
        await screen.AddVehicleAsync("沪A?!");

        await screen.UntilReadsAsync("#plate-error", invalid);
        Assert.Equal("沪A?!", await screen.PlateAsync());
        Assert.Equal("true", await screen.Page.EvaluateExpressionAsync<string>("document.querySelector('#plate').ariaInvalid"));
        await screen.Page.ReloadAsync();
        await screen.UntilAsync("() => document.querySelector('#plate')?.value === '沪A?!'");
        await screen.Page.EvaluateExpressionAsync("document.querySelector('#plate').value = ''");
        await screen.AddVehicleAsync($"京N{(language == "en" ? "11111" : "22222")}");
        await screen.UntilReadsAsync("#vehicles", "京N");
        await screen.UntilAsync("() => document.querySelector('#plate').value === '' && !document.querySelector('#add').disabled");
        await screen.AddVehicleAsync($"京n·{(language == "en" ? "11111" : "22222")}");
        await screen.UntilReadsAsync("#plate-error", known);
        await screen.AssertCleanAsync();
    }
}
