using System.Net.Http.Headers;
using System.Net.Http.Json;
using NodaTime;
using NodaTime.Extensions;
using Parking.Contracts;
using Parking.GateProgram;
using Parking.GateProgram.Journal;
using Parking.Optics.Programs;
using Parking.Pages.Tests.Browser;
using Parking.Pages.Tests.Offline;
using Parking.Simulation.Clients;
using Parking.Simulation.Replay.Driving;
using Parking.Simulation.Service;
using Parking.Simulation.Settings;

namespace Parking.Pages.Tests.Story;

/// <summary>
/// The built service as a simulation, gates' own programs, and phones: all in one virtual time, which goes on when a test says so. Phones
/// and gates reach the service over a line that can be cut.
/// </summary>
internal sealed class SimulatedCity : IAsyncDisposable
{
    /// <summary>A Wednesday, shortly after noon in Shanghai.</summary>
    public static readonly Instant Start = Instant.FromUtc(2026, 5, 6, 5, 0);

    /// <summary>In virtual time nobody waits: a busy machine is no reason to decide without the service.</summary>
    private static readonly TimeSpan AnswerBudget = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder;
    private readonly SimulatedService _service;
    private readonly Line _line;
    private readonly VirtualTime _time = new(Start);
    private readonly List<GateMachine> _gates = [];
    private readonly List<Screen> _phones = [];
    private readonly HttpClient _gatesHttp, _operatorHttp;

    private SimulatedCity(TemporaryFolder folder, SimulatedService service, Line line, Uri origin)
    {
        (_folder, _service, _line, Origin) = (folder, service, line, origin);
        _gatesHttp = new(new StampedLine(_time) { InnerHandler = ServiceClient.CreateHandler(origin) }) { BaseAddress = origin };
        _operatorHttp = ServiceClient.Create(service.BaseAddress);
    }

    public Uri Origin { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<SimulatedCity> StartAsync()
    {
        var folder = new TemporaryFolder();
        var origin = new Uri($"http://127.0.0.1:{LoopbackPort.FindFree()}");
        var settings = new Dictionary<string, string>
        {
            ["Pages:Origin"] = origin.GetLeftPart(UriPartial.Authority),
            ["RateLimits:ScreenCodesPerMinute"] = "600",
        };
        var service = await SimulatedService.StartAsync(folder.FullPath, Start, settings, LiveService.Time, Cancellation);
        var city = new SimulatedCity(folder, service, new(origin.Port, service.BaseAddress.Port), origin);
        city.Mend();
        return city;
    }

    /// <summary>Opens a gate's program on a disk of its own.</summary>
    public async Task<GateMachine> OpenGateAsync(string gate)
    {
        var settings = new GateMachineSettings
        {
            Gate = gate,
            Key = _service.Settings.GateKeys[gate],
            Boot = GateBoots.CreateRandom(),
            Jitter = () => 0.5,
            AnswerBudget = AnswerBudget,
        };
        var disk = new DiskFolder(Path.Combine(_folder.FullPath, gate));
        var machine = await GateMachine.OpenAsync(settings, disk, _gatesHttp, new GateTime(_time));
        _gates.Add(machine);
        await machine.WorkAsync(Cancellation);
        return machine;
    }

    /// <summary>Opens the drivers' page on a phone whose clock is right, signed in, with a code on it.</summary>
    public async Task<Screen> OpenPhoneAsync(Chromium chromium, string driver, string language)
    {
        var screen = await chromium.OpenAsync(new(Origin, language, Width: 390, Height: 844));
        await screen.MakeFastAsync(Start - LiveService.Time.GetUtcNow().ToInstant());
        _phones.Add(screen);
        await screen.SignInAsync(driver, "/driver");
        await screen.UntilHasCodeAsync();
        await screen.UntilConnectionIsAsync("live");
        return screen;
    }

    /// <summary>Time goes by for everybody. Phones lie in a pocket meanwhile, and are taken out again.</summary>
    public async Task PassAsync(Duration time)
    {
        _time.Now += time;
        await _service.Clock.AdvanceAsync(_time.Now, Cancellation);
        foreach (var phone in _phones)
        {
            await phone.PassTimeOnEachPageAsync(time);
            await phone.PassTimeAsync(time);
            await phone.Page.EvaluateExpressionAsync("document.dispatchEvent(new Event('visibilitychange'))");
        }
    }

    /// <summary>Cuts the line of phones and gates.</summary>
    public Task CutAsync() => _line.CutAsync();

    /// <summary>Mends the line.</summary>
    public void Mend() => _line.Mend();

    /// <summary>All gates report what they have not yet, and the service does all that it otherwise does by and by.</summary>
    public async Task SettleAsync()
    {
        foreach (var gate in _gates)
        {
            await gate.WorkAsync(Cancellation);
            Assert.True(await gate.DrainAsync(Cancellation));
        }

        await _service.Clock.SettleAsync(Cancellation);
    }

    /// <summary>What an operator reads.</summary>
    public async Task<T> ReadAsync<T>(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Headers =
            {
                Authorization = new AuthenticationHeaderValue(
                    "Bearer", new Identities(_service.Settings, "story", LiveService.Time.ToClock()).OperatorToken()),
            },
        };
        using var answer = await _operatorHttp.SendAsync(request, Cancellation);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<T>(ContractJson.Options, Cancellation))!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gate in _gates)
        {
            gate.Dispose();
        }

        foreach (var phone in _phones)
        {
            await phone.DisposeAsync();
        }

        _gatesHttp.Dispose();
        _operatorHttp.Dispose();
        await _line.DisposeAsync();
        await _service.DisposeAsync();
        _folder.Dispose();
    }
}
