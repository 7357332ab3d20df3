using System.Text.Json;
using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>
/// What the console shows to whom: every view and everything to press, for each duty and scope. What is expected is computed from the
/// texts of the duties. The service refuses the same for itself, which tests of its endpoints hold; here it would allow everything.
/// </summary>
[Collection<SharedService>]
public sealed class ConsoleDutyTests(Chromium chromium, LiveService service)
{
    private const string Facility = "hsp", Entry = "hsp-in-1", Exit = "hsp-out-1", Alarm = $"exit_barrier_fault:{Exit}";

    /// <summary>Puts the duties that <c>window.name</c> has into the service's answer about the session.</summary>
    internal const string TellDuties = """
        () => {
          const ask = window.fetch;
          window.fetch = async (...call) => {
            const answer = await ask(...call);
            if (call[0] !== '/v1/session') {
              return answer;
            }
            return new Response(JSON.stringify({ ...await answer.json(), duties: JSON.parse(window.name) }), { headers: answer.headers });
          };
        }
        """;

    private static readonly string[] Scopes =
        ["city", "district:huangpu", "district:pudong", $"facility:{Facility}", "facility:yuyuan"];

    /// <summary>At the quick depth those that differ most.</summary>
    private static readonly string[][] Everybody = Depth.Name == "quick"
        ?
        [
            [], ["watch@city"], ["operate@city"], ["operate@district:pudong"], [$"operate@facility:{Facility}"], ["money@district:huangpu"],
            ["admin@city", "watch@facility:yuyuan"],
        ]
        :
        [
            [], .. from kind in (string[])["watch", "operate", "money", "admin"] from scope in Scopes select new[] { $"{kind}@{scope}" },
            ["watch@city", $"operate@facility:{Facility}"], ["role:operator", "operate@*"],
        ];

    [Fact]
    public async Task EveryViewAndAct_IsShownToExactlyThoseWhoseDutyAllowsIt()
    {
        using var entry = new DriverGate(service, Entry);
        var stay = (await entry.ShowAsync(await service.MintAsync("duties"))).Stay!.Id;
        await using var exit = await RunningGate.StartAsync(service, Exit);
        await exit.Machine.ReportFaultAsync("the arm does not rise");
        await using var screen = await chromium.OpenConsoleAsync(service);
        await screen.UntilAsync("() => !document.querySelector('#alarm-counts [data-priority=urgent]').hidden");
        await screen.UntilArchivedAsync(stay);
        await screen.Page.EvaluateFunctionOnNewDocumentAsync(TellDuties);
        foreach (var duties in Everybody)
        {
            await screen.Page.EvaluateFunctionAsync("text => { window.name = text; }", JsonSerializer.Serialize(duties));
            await screen.GoAsync($"/console?facility={Facility}");
            await CheckAsync(screen, duties, stay);
        }

        await exit.Machine.ReportRepairedAsync();
        await screen.AssertCleanAsync();
    }

    private static async Task CheckAsync(Screen screen, string[] duties, string stay)
    {
        var (watches, operates, isAnywhere) = (MayAtFacility("watch"), MayAtFacility("operate"), duties.Any(IsDuty));
        await screen.UntilAsync(
            "() => document.querySelector('#refused').checkVisibility() || document.body.dataset.connection === 'live'");
        var shown = new List<string>();
        var expected = new List<string>();
        await NoteAsync("refused", "#refused", !isAnywhere);
        await NoteAsync("the views", "#views", isAnywhere);
        if (isAnywhere)
        {
            await screen.UntilAsync(watches
                ? "() => document.querySelector('[data-part=shown]').textContent !== '—'"
                : "() => document.querySelector('#facilities').checkVisibility()");
            await NoteAsync("the facility", "#facility-title", watches);
            await NoteAsync("close the facility", "#switch", operates);
            await NoteAsync("rebuild", "#rebuild", operates);
            await NoteAsync("to the inventory", "#to-inventory", operates);
            await NoteAsync("open a lane", "[data-command=open_once]", operates);
            await NoteAsync("cases", "#views [data-view=cases]", duties.Any(duty => duty.StartsWith("operate@", StringComparison.Ordinal)));

            await ShowAsync("stays", "#stays-form");
            await NoteAsync("find by plate", "#stays-form [value=plate]:not([hidden])", duties.Contains("operate@city"), isOption: true);
            await ShowAsync($"stays&stay={stay}", "#stay-content");
            await NoteAsync("close a stay", "#stay-close", operates);
            await NoteAsync("let out", "#stay-let-out", operates);
            await NoteAsync("send to a list", "#stay-send", operates);
            await ShowAsync("alarms", $"tr[data-alarm='{Alarm}']");
            await NoteAsync("tick an alarm", $"tr[data-alarm='{Alarm}'] [data-part=tick]:enabled", operates);
            await ShowAsync("audit", "#audit-form");
            await NoteAsync("export the audit", "#audit-export", duties.Contains("admin@city"));
            await ShowAsync($"inventory&facility={Facility}", "#inventory-form");
            await NoteAsync("take inventory", $"#inventory-form option[value={Facility}]", operates, isOption: true);
        }

        var who = $"[{string.Join(' ', duties)}]";
        Assert.Equal($"{who} sees {string.Join(", ", expected)}", $"{who} sees {string.Join(", ", shown)}");

        bool MayAtFacility(string kind) => duties.Any(duty =>
            duty.Split('@') is [var has, "city" or "district:huangpu" or $"facility:{Facility}"]
            && (has == kind || (kind == "watch" && has is "operate" or "money" or "admin")));

        async Task NoteAsync(string what, string selector, bool isExpected, bool isOption = false)
        {
            if (isExpected)
            {
                expected.Add(what);
            }

            if (await screen.Page.EvaluateFunctionAsync<bool>(
                "(s, is) => [...document.querySelectorAll(s)].some(one => is || one.checkVisibility())", selector, isOption))
            {
                shown.Add(what);
            }
        }

        async Task ShowAsync(string view, string selector)
        {
            await screen.Page.EvaluateFunctionAsync(
                "view => { history.pushState(null, '', `/console?view=${view}`); dispatchEvent(new PopStateEvent('popstate')); }", view);
            await screen.UntilAsync(
                "async s => !!(await import('/console/views.js')).shownView() && document.querySelector(s)?.checkVisibility() === true",
                selector);
        }
    }

    private static bool IsDuty(string text) =>
        text.Split('@') is ["watch" or "operate" or "money" or "admin", var scope] && Scopes.Contains(scope);
}
