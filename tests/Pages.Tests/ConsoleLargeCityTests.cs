using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>The console of a city that is too large to be shown at once: districts first, facilities when somebody wants them.</summary>
public sealed class ConsoleLargeCityTests(Chromium chromium, LargeCityService service) : IClassFixture<LargeCityService>
{
    private const int Busy = 2_117;

    [Theory]
    [MemberData(nameof(Inspection.Looks), MemberType = typeof(Inspection))]
    public async Task Districts_AreThereFirst_AndMove_AndLeadToTheirFacilities(string language, string theme)
    {
        var (facility, district) = (LargeCityService.Facility(Busy), $"district:{LargeCityService.District(Busy)}");
        await using var screen = await chromium.OpenConsoleAsync(service, language, theme);

        await screen.UntilAsync("() => document.querySelectorAll('#rows tr:not(.waiting)').length === 16");
        var asked = screen.Transfers.Select(transfer => transfer.Path).ToList();
        Assert.Contains("/v1/districts", asked);
        Assert.DoesNotContain("/v1/facilities", asked);
        var before = await screen.NumberAsync($"tr[data-facility='{district}'] [data-part=figures]");

        using var entry = new DriverGate(service, $"{facility}-in");
        await entry.ShowAsync(await service.MintAsync($"large-{language}-{theme}"));

        await screen.UntilMovesAsync($"tr[data-facility='{district}'] [data-part=figures]", before);
        Assert.Equal(language == "en" ? "District" : "城区", await screen.TextOfAsync("#rows-of"));
        await screen.InspectAsync("districts", (1600, 900), (1280, 720), (820, 1180));

        await screen.Page.ClickAsync($"tr[data-facility='{district}'] a");
        await screen.UntilAsync(
            "id => /^[1-9]/.test(document.querySelector(`tr[data-facility='${id}'] [data-part=figures]`)?.textContent)", facility);
        Assert.Equal(281, await screen.Page.EvaluateExpressionAsync<int>("document.querySelectorAll('#rows tr').length"));
        await screen.InspectAsync("district", (1600, 900));
        await screen.AssertCleanAsync();
    }

    /// <summary>By a part of its name, or by its address.</summary>
    [Fact]
    public async Task Facility_OfADistrictThatWasNotFetched_IsFound_AndStandsInItsAddress()
    {
        await using var screen = await chromium.OpenConsoleAsync(service);
        await screen.UntilAsync("() => document.querySelectorAll('#rows tr:not(.waiting)').length === 16");

        // Rows keep their places while a person points at them; what is found comes all the same.
        await screen.Page.HoverAsync("#rows tr");
        await screen.Page.FocusAsync("#find");
        await screen.TypeAsync("#find", "park 4321");
        await screen.UntilAsync("() => document.querySelector('#rows tr[data-facility=f4321]') !== null");
        Assert.Equal("— / 100", await screen.TextOfAsync("tr[data-facility=f4321] [data-part=figures]"));
        await screen.Page.ClickAsync("tr[data-facility=f4321] a");

        await UntilItIsThereAsync(screen, "Car park 4321");
        await screen.GoAsync("/console?facility=f0017");
        await UntilItIsThereAsync(screen, "Car park 17");
        await screen.GoAsync("/console?facility=nowhere");
        await screen.UntilAsync("() => document.querySelectorAll('#rows tr:not(.waiting)').length === 16");
        await screen.AssertCleanAsync();
    }

    /// <summary>A field offers the districts, and after one was chosen the facilities in it.</summary>
    [Fact]
    public async Task FieldForAFacility_OffersDistrictsFirst()
    {
        await using var screen = await chromium.OpenConsoleAsync(service, query: "?view=stays");
        await screen.UntilAsync("() => document.querySelectorAll('#stays-form [name=facility] option').length === 16");

        await screen.Page.SelectAsync("#stays-form [name=facility]", "district:d03");

        await screen.UntilAsync("() => document.querySelector('#stays-form [name=facility]').value === 'f0003'");
        await screen.UntilAsync("() => document.querySelectorAll('#stays-form [name=gate] option').length === 2");
        await screen.Page.ClickAsync("#stays-form button.main");
        await screen.UntilAsync("() => new URLSearchParams(location.search).get('facility') === 'f0003'");
        await screen.AssertCleanAsync();
    }

    /// <summary>The district's facilities come while a form is there already.</summary>
    [Fact]
    public async Task TypedSearch_IsKept_WhenTheDistrictsFacilitiesArrive()
    {
        await using var screen = await chromium.OpenAsync(new(service.Origin, "en"));
        await screen.SignInAsync("demo-manager", "/console");
        await screen.UntilAsync("() => document.querySelectorAll('#rows tr:not(.waiting)').length > 200");
        await using (await Interception.HoldAsync(screen, "/v1/facilities"))
        {
            await screen.GoAsync("/console?view=stays");
            await screen.UntilAsync("() => !!document.querySelector('#stays-form [name=from]')?.value");
            await screen.Page.EvaluateExpressionAsync(
                "document.querySelector('#stays-form').elements.from.value = '2026-01-01T08:00'");
            await screen.Page.SelectAsync("#stays-form [name=state]", "conflicting");
        }

        await screen.UntilAsync("() => document.querySelectorAll('#stays-form [name=facility] option').length > 200");
        await screen.UntilAsync("() => document.querySelector('#stays-form [name=facility]').value === 'f0000'");
        await screen.UntilAsync("() => document.querySelectorAll('#stays-form [name=gate] option').length === 2");
        Assert.Equal(
            ["2026-01-01T08:00", "conflicting"],
            await screen.Page.EvaluateExpressionAsync<string[]>(
                "['from', 'state'].map(name => document.querySelector('#stays-form').elements[name].value)"));
        await screen.GoAsync("/console?view=tariffs");
        await screen.UntilAsync("() => document.querySelector('#view-tariffs [name=facility]')?.value === 'f0000'");
        await screen.GoAsync("/console?view=inventory");
        await screen.UntilAsync("() => document.querySelector('#inventory-form')?.elements.facility.value === 'f0000'");
        await screen.AssertCleanAsync();
    }

    private static async Task UntilItIsThereAsync(Screen screen, string name)
    {
        await screen.UntilAsync("name => document.querySelector('#facility-title')?.textContent === name", name);
        await screen.UntilAsync("() => document.querySelector('[data-part=shown]').textContent === '0'");
    }
}
