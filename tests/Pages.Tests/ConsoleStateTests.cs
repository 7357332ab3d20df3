using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>The console in each of its states, in both languages and themes: axe finds nothing. See <see cref="Inspection"/>.</summary>
[Collection<SharedService>]
public sealed class ConsoleStateTests(Chromium chromium, LiveService service)
{
    /// <summary>It stays full: no other test that shares the service parks here.</summary>
    private const string Facility = "nanjing-west-street";

    private const int Capacity = 24;

    private static readonly (int, int)[] Sizes = [(1600, 900), (1280, 720), (820, 1180)];

    [Theory]
    [MemberData(nameof(Inspection.Looks), MemberType = typeof(Inspection))]
    public async Task EveryState_IsAccessible(string language, string theme)
    {
        await FillAsync(language + theme);
        await using var screen = await chromium.OpenConsoleAsync(service, language, theme);
        await ShowOverviewAsync(screen, language + theme);
        await ShowFacilityAsync(screen);
        await ShowCommandAsync(screen);
        await ShowWaitingAsync(screen);
        await ShowLostAsync(screen);
        await screen.AssertCleanAsync();
    }

    /// <summary>A full facility, an entry and a refusal in the feed, and a closed facility.</summary>
    private async Task FillAsync(string who)
    {
        using var gate = new DriverGate(service, $"{Facility}-in-1");
        for (var n = 0; n < Capacity; n++)
        {
            await gate.ShowAsync(await service.MintAsync($"console-{who}-{n}"));
        }
    }

    private async Task ShowOverviewAsync(Screen screen, string who)
    {
        using var gate = new DriverGate(service, "xuhui-hospital-in-1");
        await gate.ShowAsync(await service.MintAsync($"console-{who}"));
        await gate.ShowAsync("not a code");
        await screen.UntilAsync("() => !!document.querySelector('#decisions li[data-decision=refuse]')");
        await InspectAsync(screen, "overview");
        await AssertMapIsReadableAsync(screen);
        await screen.Page.FocusAsync("#find");
        await screen.TypeAsync("#find", "nowhere");
        await InspectAsync(screen, "none found");
        await screen.Page.Keyboard.PressAsync("Escape");
        await screen.Page.ClickAsync("[data-act=help]");
        await InspectAsync(screen, "help");
        await screen.Page.Keyboard.PressAsync("Escape");
    }

    /// <summary>In each size, some texts of the map are shown, all of them within it, and none covers another.</summary>
    private static async Task AssertMapIsReadableAsync(Screen screen)
    {
        var own = screen.Page.Viewport;
        foreach (var (width, height) in Sizes)
        {
            await screen.Page.SetViewportAsync(new() { Width = width, Height = height });
            await screen.UntilAsync(
                """
                () => {
                  const map = document.querySelector('#map').getBoundingClientRect();
                  const texts = [...document.querySelectorAll('#map :is(.district, .label, .word):not([visibility])')]
                    .filter(text => text.textContent).map(text => text.getBoundingClientRect());
                  // A box is higher than its letters, by what the font leaves free above and below.
                  const free = 3;
                  const isOver = (a, b) => a !== b && a.left < b.right && b.left < a.right
                    && a.top + free < b.bottom - free && b.top + free < a.bottom - free;
                  return texts.length > 3 && texts.every(a => a.left >= map.left && a.right <= map.right
                    && a.top >= map.top && a.bottom <= map.bottom && !texts.some(b => isOver(a, b)));
                }
                """);
        }

        await screen.Page.SetViewportAsync(own);
    }

    private static async Task ShowFacilityAsync(Screen screen)
    {
        await screen.Page.ClickAsync($"tr[data-facility={Facility}] a");
        await screen.UntilAsync("() => !!document.querySelector('#day svg') && !document.querySelector('#log .skeleton')");
        await InspectAsync(screen, "facility");
        await screen.UntilAsync("() => !document.querySelector('#switch').disabled");
        await screen.Page.ClickAsync("#switch");
        await InspectAsync(screen, "closing");
        await using (await Interception.RefuseAsync(screen, $"/v1/facilities/{Facility}/state"))
        {
            await screen.Page.ClickAsync("#switch-confirm");
            await screen.UntilAsync("() => !document.querySelector('#switch-problem').hidden");
            await InspectAsync(screen, "closing failed");
        }

        await screen.Page.Keyboard.PressAsync("Escape");
    }

    /// <summary>To a gate that was heard lately and asks for no commands.</summary>
    private async Task ShowCommandAsync(Screen screen)
    {
        await HearAsync();
        await screen.UntilAsync("() => document.querySelector('[data-command=hold_open]:enabled') !== null");
        await screen.Page.ClickAsync("[data-command=hold_open]:enabled");
        await InspectAsync(screen, "command");
        await HearAsync();
        await screen.UntilAsync("() => !document.querySelector('#command-confirm').disabled");
        await screen.Page.ClickAsync("[data-reason]");
        await screen.Page.ClickAsync("#command-confirm");
        await screen.UntilAsync("() => !!document.querySelector('#command-steps :is([data-step=now], [data-step=bad])')");
        await InspectAsync(screen, "command given");
        await screen.Page.ClickAsync("#command-close");
    }

    /// <summary>The gate is heard: for 25 seconds it is not silent.</summary>
    private async Task HearAsync()
    {
        using var gate = new DriverGate(service, $"{Facility}-in-1");
        await gate.ShowAsync("not a code");
    }

    private static async Task ShowWaitingAsync(Screen screen)
    {
        await using (await Interception.HoldAsync(screen, "/v1/"))
        {
            await screen.GoAsync("/console");
            await InspectAsync(screen, "loading");
        }

        await using (await Interception.RefuseAsync(screen, "/v1/facilities"))
        {
            await screen.GoAsync("/console");
            await screen.UntilAsync("() => !!document.querySelector('.problem')");
            await InspectAsync(screen, "not loaded");
        }

        // By then, the page may have tried again by itself.
        await screen.Page.EvaluateExpressionAsync("document.querySelector('.problem button')?.click()");
        await screen.UntilConnectionIsAsync("live");
    }

    private async Task ShowLostAsync(Screen screen)
    {
        await service.CutAsync();
        try
        {
            await screen.UntilConnectionIsAsync("lost");
            await InspectAsync(screen, "lost");
        }
        finally
        {
            service.Mend();
        }

        await screen.UntilConnectionIsAsync("live");
    }

    private static Task InspectAsync(Screen screen, string state) => screen.InspectAsync($"console {state}", Sizes);
}
