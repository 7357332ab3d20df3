using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>
/// The drivers' page where vehicles are shared, and its help, in each state, in both languages and themes: axe finds nothing. See
/// <see cref="Inspection"/>.
/// </summary>
[Collection<SharedService>]
public sealed class DriverHelpStateTests(Chromium chromium, LiveService service)
{
    private const string Cases = """
        {"cases": [
          {"number": "1043-6", "state": "open", "stay": "0c5b1f9e7a3d48268e4f6a1b2c3d4e5f", "reason": "not_mine", "text": "停在那里的不是我的车。",
            "openedAt": "2026-11-29T05:43:00Z"},
          {"number": "1042-8", "state": "answered", "stay": "0c5b1f9e7a3d48268e4f6a1b2c3d4e5f", "reason": "times",
            "text": "I left at noon, and was charged until one o'clock.\nThe gate said so, too.", "openedAt": "2026-11-27T05:43:00Z",
            "answer": "You are right: the exit was recorded late. You are charged until noon.", "endedAt": "2026-11-28T02:00:00Z"}
        ]}
        """;

    private static readonly (int, int)[] Sizes = [(390, 844), (360, 640), (1280, 720)];

    [Theory]
    [MemberData(nameof(Inspection.Looks), MemberType = typeof(Inspection))]
    public async Task SharedVehicles_AreAccessible(string language, string theme)
    {
        await service.ForgetVehiclesAsync(DriverScreen.LinXia);
        await service.ForgetVehiclesAsync(DriverScreen.ZhouMing);
        await using var owner = await chromium.OpenDriverAsync(service, DriverScreen.LinXia, language, theme);
        await using var member = await chromium.OpenDriverAsync(service, DriverScreen.ZhouMing, language, theme);
        await owner.AddVehicleAsync("沪EF12345");
        await owner.UntilReadsAsync("#vehicles .chosen .plate", "沪E·F12345");
        await owner.AddVehicleAsync("沪E12345");
        await owner.UntilReadsAsync("#vehicles .chosen .plate", "沪E·12345");
        await owner.UntilAsync("() => document.querySelector('[data-province]').checkVisibility()");
        await InspectAsync(owner, "keyboard of provinces", "#plate");
        await owner.TypeAsync("#plate", "粤Z1234");
        await InspectAsync(owner, "keyboard of letters", "#plate");
        await owner.TapAsync("#vehicles .chosen summary");
        await owner.TapAsync("#vehicles .chosen [data-part=invite]");
        await owner.UntilAsync("() => !!document.querySelector('.invitation output') && !!document.querySelector('#vehicles li')");
        await InspectAsync(owner, "invitation", "#vehicles .chosen");
        var invitation = await owner.TextOfAsync(".invitation output");

        await member.OpenTabAsync("vehicles");
        await member.UntilAsync("() => document.querySelector('#add')?.disabled === false");
        await member.TypeAsync("#invitation", "7f0e");
        await member.TapAsync("#accept");
        await member.UntilAsync("() => document.querySelector('#invitation-error').textContent !== ''");
        await InspectAsync(member, "invitation refused", "#invitation");
        await member.Page.EvaluateExpressionAsync("document.querySelector('#invitation').value = ''");
        await member.TypeAsync("#invitation", invitation!);
        await member.TapAsync("#accept");
        await member.UntilReadsAsync("#shared .plate", "沪E·12345");
        await InspectAsync(member, "shared with me", "#shared");
        await member.TapAsync("#shared [data-part=leave]");
        await member.UntilAsync("() => !!document.querySelector('dialog[open]')");
        await InspectAsync(member, "leaving");

        await owner.OpenTabAsync("code");
        await owner.TapAsync("#change");
        await InspectAsync(owner, "choices");
        await owner.OpenTabAsync("vehicles");

        // It was accepted meanwhile.
        await owner.UntilGoneAsync("#vehicles .invitation");
        await owner.UntilAsync("() => document.querySelectorAll('#vehicles li').length === 1");
        await InspectAsync(owner, "shared by me", "#vehicles .chosen");
        await service.ForgetVehiclesAsync(DriverScreen.LinXia);
        await owner.AssertCleanAsync();
        await member.AssertCleanAsync();
    }

    [Theory]
    [MemberData(nameof(Inspection.Looks), MemberType = typeof(Inspection))]
    public async Task Help_IsAccessible(string language, string theme)
    {
        await using var screen = await chromium.OpenDriverAsync(service, DriverScreen.ZhouMing, language, theme);
        await screen.Page.EvaluateFunctionAsync("""
            async () => {
              const { makeKey } = await import('/driver/offline/cose.js');
              const { call } = await import('/shared/session.js');
              for (const name of ['Android', 'iPhone']) {
                const { id } = (await call('POST', '/v1/me/devices', { name, key: (await makeKey()).point })).body;
                localStorage.setItem('parking.device', id);
              }
            }
            """);
        await using (await Interception.AnswerAsync(screen, "/v1/me/cases", Cases))
        {
            await screen.OpenTabAsync("help");
            await screen.UntilAsync("() => document.querySelectorAll('#cases .case').length === 2");
            await screen.UntilAsync("() => document.querySelectorAll('#devices .device').length >= 2");
        }

        await InspectAsync(screen, "help", ".answers");
        await InspectAsync(screen, "cases", "#cases");
        await InspectAsync(screen, "devices", "#devices");
        await screen.TapAsync("#devices [data-part=remove]");
        await screen.UntilAsync("() => !!document.querySelector('dialog[open]')");
        await InspectAsync(screen, "removing a phone");
        await screen.Page.ClickAsync("dialog[open] [data-part=no]");
        await screen.TapAsync("#erase");
        await InspectAsync(screen, "erasing");
        await screen.Page.ClickAsync("#erase-sure");
        await using (await Interception.RefuseAsync(screen, "/v1/me", System.Net.HttpStatusCode.Conflict, "still-parked"))
        {
            await screen.Page.ClickAsync("#erase-yes");
            await screen.UntilAsync("() => document.querySelector('#erase-error').textContent !== ''");
        }

        await InspectAsync(screen, "erasing refused");
        await screen.Page.ClickAsync("#erase-no");
        await InspectAsync(screen, "data", "#erase");
        await using (await Interception.RefuseAsync(screen, "/v1/me"))
        {
            await screen.GoAsync("/driver?again#help");
            await screen.UntilAsync("() => document.querySelectorAll('#cases .problem, #devices .problem').length === 2");
            await InspectAsync(screen, "lists unknown", "#cases");
        }

        await screen.AssertCleanAsync();
    }

    private static async Task InspectAsync(Screen screen, string state, string? middle = null)
    {
        if (middle is not null)
        {
            await screen.Page.EvaluateFunctionAsync("s => document.querySelector(s).scrollIntoView({ block: 'start' })", middle);
        }

        await screen.InspectAsync($"driver {state}", Sizes);
    }
}
