using NodaTime;
using NodaTime.Extensions;
using Parking.Optics.Programs;
using Parking.Simulation.Clients;
using Parking.Simulation.Settings;

namespace Parking.Pages.Tests;

/// <summary>
/// A service with a past of two months, through which it lived as a simulation before its clock was released. In it, one driver
/// (<see cref="DriverScreen.LinXia"/>) parked every day for a while, and later twice where the gate of the exit was cut off. Another one
/// (<see cref="DriverScreen.ZhouMing"/>) parked today where the gate of the entry was.
/// </summary>
public sealed class PastService : LiveService
{
    /// <summary>How many stays there are of which nothing special is to be told. All ended more than 30 days ago.</summary>
    public const int Plain = 23;

    private static readonly Duration Days = Duration.FromDays(60), Stay = Duration.FromMinutes(65);

    private static readonly Instant Start = Time.GetUtcNow().ToInstant() - Days;

    private Instant _now = Start;

    public PastService()
        : base(new TemporaryFolder(), "Simulation", [KeyValuePair.Create("Simulation:StartsAt", $"{Start}")])
    {
    }

    /// <summary>The exit of more than 30 days ago that arrived late, by then the next entry had ended its stay.</summary>
    public Instant EarlierExit { get; private set; }

    /// <summary>The exit of today that arrived late.</summary>
    public Instant RecentExit { get; private set; }

    /// <summary>The other driver's exit of today: a stay without a beginning, until its entry was reported.</summary>
    public string Part { get; private set; } = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        using var http = ServiceClient.Create(Origin);
        var people = new Identities(Settings, "past", Time.ToClock());
        var clock = new SimulationClock(new PatientSender(http, Time), people.OperatorToken);
        using var entry = new DriverGate(this, "hsp-in-1", () => _now);
        using var exit = new DriverGate(this, "hsp-out-1", () => _now);
        using var cutOff = new DriverGate(this, "hsp-out-2", () => _now);
        using var cutOffEntry = new DriverGate(this, "hsp-in-2", () => _now);
        for (var day = 0; day < Plain; day++)
        {
            await GoOnAsync(Start + Duration.FromDays(day));
            await entry.ShowAsync(await CodeAsync());
            await GoOnAsync(_now + Stay);
            await exit.ShowAsync(await CodeAsync());
        }

        // The exit of one stay arrives after the whole next one.
        await GoOnAsync(Start + Duration.FromDays(Plain));
        await entry.ShowAsync(await CodeAsync());
        await GoOnAsync(_now + Stay);
        var late = await CodeAsync();
        EarlierExit = _now;
        await GoOnAsync(_now + Duration.FromHours(3));
        await entry.ShowAsync(await CodeAsync());
        await GoOnAsync(_now + Stay);
        await exit.ShowAsync(await CodeAsync());
        await clock.SettleAsync(TestContext.Current.CancellationToken);
        await GoOnAsync(_now + Stay);
        await cutOff.ReportAsync(late, _now - EarlierExit);
        await clock.SettleAsync(TestContext.Current.CancellationToken);

        // And an exit of today arrives while its stay is open.
        await GoOnAsync(Start + Days - Duration.FromHours(5));
        await entry.ShowAsync(await CodeAsync());
        await GoOnAsync(_now + Stay);
        late = await CodeAsync();
        RecentExit = _now;
        await GoOnAsync(_now + Stay);
        await cutOff.ReportAsync(late, _now - RecentExit);
        late = await this.MintAsync(DriverScreen.ZhouMing);
        await GoOnAsync(_now + Stay);
        Part = (await exit.ShowAsync(await this.MintAsync(DriverScreen.ZhouMing))).Stay!.Id;
        await clock.SettleAsync(TestContext.Current.CancellationToken);
        await cutOffEntry.ReportAsync(late, Stay);
        await clock.SettleAsync(TestContext.Current.CancellationToken);
        await clock.ReleaseAsync(TestContext.Current.CancellationToken);

        async Task GoOnAsync(Instant to)
        {
            await clock.AdvanceAsync(to, TestContext.Current.CancellationToken);
            _now = to;
        }

        Task<string> CodeAsync() => this.MintAsync(DriverScreen.LinXia);
    }
}
