using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>A driver's vehicles on the page.</summary>
[Collection<SharedService>]
public sealed class DriverVehicleTests(Chromium chromium, LiveService service)
{
    [Fact]
    public async Task Vehicle_IsAdded_ShownOnTheCode_Removed_AndBroughtBack()
    {
        await service.ForgetVehiclesAsync(DriverScreen.LinXia);
        await using var screen = await chromium.OpenDriverAsync(service);
        var without = await screen.FirstCodeAsync();

        await screen.AddVehicleAsync("AD12345");
        await screen.UntilReadsAsync("#vehicles .plate", "AD12345");
        await screen.TapAsync("#vehicles .cross");
        await screen.UntilReadsAsync("#vehicles .empty", "No vehicle yet");
        await screen.TypeAsync("#plate", "ad12345");
        await screen.TapAsync("#keyboard [data-act=provinces]");
        await screen.Page.ClickAsync("[data-province=沪]");
        Assert.Equal("electric", await screen.Page.EvaluateExpressionAsync<string>("document.forms[0].elements.class.value"));
        await screen.TapAsync("#add");
        await screen.UntilReadsAsync("#vehicles .chosen .plate", "沪A·D12345");
        await screen.OpenTabAsync("code");

        await screen.UntilReadsAsync("#code-plate", "沪A·D12345");
        await screen.NextCodeAsync(without);
        await screen.OpenTabAsync("vehicles");
        await screen.TapAsync("#vehicles .cross");
        await screen.UntilGoneAsync("#vehicles .plate");
        await screen.Page.ClickAsync("#undo button");
        await screen.UntilReadsAsync("#vehicles .plate", "沪A·D12345");
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task PlateKeyboard_TypesAWholeNewEnergyPlate()
    {
        await using var screen = await chromium.OpenAsync(DriverScreen.Settings(service) with { Width = 360, Height = 640 });
        await screen.SignInAsync(DriverScreen.LinXia, "/driver");
        await OpenFormAsync(screen);
        Assert.Empty(await SmallKeysAsync(screen));

        await PressAsync(screen, "[data-province=沪]");
        Assert.Empty(await SmallKeysAsync(screen));
        await PressAsync(screen, "[data-key='1']");
        Assert.Equal("沪", await screen.PlateAsync());
        foreach (var key in "AD12345")
        {
            await PressAsync(screen, $"[data-key='{key}']");
        }

        Assert.Equal("沪AD12345", await screen.PlateAsync());
        Assert.Equal("electric", await screen.Page.EvaluateExpressionAsync<string>("document.forms[0].elements.class.value"));
        Assert.Equal("沪 A D 1 2 3 4 5", await screen.TextOfAsync("#typed"));
        await PressAsync(screen, "[data-key='6']");
        Assert.Equal("沪AD12345", await screen.PlateAsync());
        Assert.Equal(
            0, await screen.Page.EvaluateExpressionAsync<int>("document.querySelectorAll('[data-key=I], [data-key=O]').length"));
        await screen.AssertCleanAsync();
    }

    /// <summary>The last character of a learner's plate, and of one that is for Hong Kong as well.</summary>
    [Theory]
    [InlineData("沪A1234", "学", "沪A1234学")]
    [InlineData("沪A1234", "港", "沪A1234")]
    [InlineData("粤Z1234", "港", "粤Z1234港")]
    [InlineData("沪A123", "学", "沪A123")]
    public async Task FurtherCharacters_ArePutWherePlatesHaveThem(string typed, string key, string plate)
    {
        await using var screen = await chromium.OpenDriverAsync(service);
        await OpenFormAsync(screen);
        await screen.TypeAsync("#plate", typed);

        await PressAsync(screen, $"[data-key={key}]");

        Assert.Equal(plate, await screen.PlateAsync());
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task PlateKeyboard_IsReachedByTab_AndArrowsGoFromKeyToKey()
    {
        await using var screen = await chromium.OpenDriverAsync(service);
        await OpenFormAsync(screen);
        await screen.Page.FocusAsync("#plate");
        var keys = screen.Page.Keyboard;

        await keys.PressAsync("Tab");
        await keys.PressAsync("ArrowRight");
        await keys.PressAsync("Enter");

        Assert.Equal("苏", await screen.PlateAsync());
        Assert.Equal("1", await FocusedAsync(screen));
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Space");
        Assert.Equal("苏E", await screen.PlateAsync());
        await keys.PressAsync("Tab");
        Assert.Equal("Use the phone’s own keyboard", await FocusedAsync(screen));
        await keys.PressAsync("Enter");
        await screen.UntilAsync("() => document.activeElement.id === 'plate' && document.activeElement.inputMode === 'text'");
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task DefaultVehicle_AndItsKind_StayAsTheyWereChosen()
    {
        await service.ForgetVehiclesAsync(DriverScreen.ZhouMing);
        await using var screen = await chromium.OpenDriverAsync(service, DriverScreen.ZhouMing);
        await screen.AddVehicleAsync("沪B11111");
        await screen.UntilReadsAsync("#vehicles .chosen .plate", "沪B·11111");
        await screen.AddVehicleAsync("沪B22222");
        await screen.UntilReadsAsync("#vehicles .chosen .plate", "沪B·22222");

        await screen.TapAsync("#vehicles .vehicle:not(.chosen) .use");
        await screen.TapAsync("#vehicles .chosen summary");
        await screen.Page.SelectAsync("#vehicles .chosen select", "motorcycle");

        await screen.UntilReadsAsync("#vehicles .chosen [data-part=class]", "Motorcycle");
        await screen.UntilReadsAsync("#default-note", "default vehicle");
        await screen.GoAsync("/driver");
        await screen.UntilReadsAsync("#code-plate", "沪B·11111");
        Assert.Equal(
            "motorcycle", await screen.Page.EvaluateExpressionAsync<string>("document.querySelector('#code-plate').dataset.class"));
        await service.ForgetVehiclesAsync(DriverScreen.ZhouMing);
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task KindThatIsNotSaved_SaysSo_AndIsAsBefore()
    {
        await service.ForgetVehiclesAsync(DriverScreen.ZhouMing);
        await using var screen = await chromium.OpenDriverAsync(service, DriverScreen.ZhouMing);
        await screen.AddVehicleAsync("沪B33333");
        await screen.UntilReadsAsync("#vehicles .plate", "沪B·33333");
        await screen.TapAsync("#vehicles summary");
        await using (await Interception.RefuseAsync(screen, "/v1/me/vehicles"))
        {
            await screen.Page.SelectAsync("#vehicles select", "coach");
            await screen.UntilReadsAsync("#vehicles [data-part=kindError]", "Not saved");
        }

        Assert.Equal("car", await screen.Page.EvaluateExpressionAsync<string>("document.querySelector('#vehicles select').value"));
        await service.ForgetVehiclesAsync(DriverScreen.ZhouMing);
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

    private static async Task OpenFormAsync(Screen screen)
    {
        await screen.OpenTabAsync("vehicles");
        await screen.UntilAsync("() => document.querySelector('#add')?.disabled === false");
    }

    private static Task PressAsync(Screen screen, string key) => screen.TapAsync($"#keyboard {key}");

    private static Task<string> FocusedAsync(Screen screen) =>
        screen.Page.EvaluateExpressionAsync<string>("document.activeElement.innerText");

    /// <summary>The keys that are too small for a finger, and those that are beside the window.</summary>
    private static Task<string[]> SmallKeysAsync(Screen screen) => screen.Page.EvaluateExpressionAsync<string[]>("""
        [...document.querySelectorAll('#keyboard button')].filter(key => key.checkVisibility()).filter(key => {
          const { width, height, left, right } = key.getBoundingClientRect();
          return width < 44 || height < 44 || left < 0 || right > innerWidth;
        }).map(key => key.innerText)
        """);
}
