using System.Globalization;
using Parking.DriverProxy;
using Parking.Simulation.Cities;
using Parking.Simulation.LiveCity;
using Spectre.Console;

namespace Parking.ScannerSim.Demo.Views;

/// <summary>
/// Shows a living city: first where its pages are, then how it fares; on a terminal as a small table that is drawn anew, elsewhere as a
/// line now and then.
/// </summary>
internal sealed class CityView(IAnsiConsole console, TextWriter output, bool isLive, TimeProvider time)
{
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromSeconds(1), LineEvery = TimeSpan.FromSeconds(30);

    private const int BarWidth = 24;

    /// <summary>Runs something that takes a moment, and says so.</summary>
    public Task<T> WaitForAsync<T>(Func<Action<string>, Task<T>> work) => isLive
        ? console.Status().StartAsync("…", context => work(text => context.Status($"{text} …".EscapeMarkup())))
        : work(text => output.WriteLine($"… {text}"));

    /// <summary>Says where the pages are and as whom to sign in.</summary>
    /// <param name="city">Has the pages.</param>
    /// <param name="phones">Where real phones open the drivers' page; null: nowhere.</param>
    public void Announce(LivingCity city, ListenAddress? phones)
    {
        var origin = city.Origin.GetLeftPart(UriPartial.Authority);
        output.WriteLine($"Operators: {origin}/console  sign in as Chen Wei (city controller)");
        output.WriteLine($"Drivers: {origin}/driver  sign in as Lin Xia or Zhou Ming");
        output.WriteLine($"运营人员：{origin}/console  以 陈薇 Chen Wei（城市管理员）登录");
        output.WriteLine($"司机：{origin}/driver  以 林夏 Lin Xia 或 周明 Zhou Ming 登录");
        if (phones is not null)
        {
            output.WriteLine($"On a phone: {phones}/driver  the drivers' page only, sign in as Lin Xia or Zhou Ming");
            output.WriteLine($"手机：{phones}/driver  仅司机页面，以 林夏 Lin Xia 或 周明 Zhou Ming 登录");
        }
        output.WriteLine("One driver of three has a phone without a network in the car park, which signs its codes itself (SP2).");
        output.WriteLine("每三位司机中有一位的手机在停车场内没有网络，由手机自行签发通行码（SP2）。");
        output.WriteLine($"On {city.Store}. Ctrl+C ends it. 按 Ctrl+C 结束。");
    }

    /// <summary>Shows how the city fares until its life ends.</summary>
    public Task ShowAsync(LivingCity city, Task life, CancellationToken cancellationToken) => isLive
        ? console.Live(new Text("")).AutoClear(true).StartAsync(async context =>
        {
            while (!life.IsCompleted)
            {
                context.UpdateTarget(Draw(city.Pulse));
                await PauseAsync(life, RedrawEvery, cancellationToken);
            }
        })
        : WriteLinesAsync(city.Pulse, life, cancellationToken);

    private async Task WriteLinesAsync(CityPulse pulse, Task life, CancellationToken cancellationToken)
    {
        pulse.Told += news => output.WriteLine(Line(news));
        while (true)
        {
            await PauseAsync(life, LineEvery, cancellationToken);
            if (life.IsCompleted || cancellationToken.IsCancellationRequested)
            {
                return;
            }
            var facilities = pulse.City.Facilities.Select(facility => $"{facility.Id} {Count(pulse, facility)}");
            await output.WriteLineAsync($"{Sum(pulse)} · {string.Join(", ", facilities)}");
        }
    }

    private async Task PauseAsync(Task life, TimeSpan pause, CancellationToken cancellationToken) =>
        await Task.WhenAny(life, Task.Delay(pause, time, cancellationToken));

    private static Table Draw(CityPulse pulse)
    {
        var table = new Table().RoundedBorder().HideHeaders().AddColumn("facility").AddColumn("bar").AddColumn(
            new TableColumn("count").RightAligned().NoWrap());
        table.Title = new TableTitle(Sum(pulse).EscapeMarkup());
        foreach (var facility in pulse.City.Facilities)
        {
            var occupied = pulse.OccupiedIn(facility.Id);
            var colour = occupied >= facility.Capacity && facility.EnforcesCapacity ? "yellow" : "grey";
            table.AddRow(
                $"{facility.Name.Zh} {facility.Name.En}".EscapeMarkup(),
                $"[{colour}]{Bar.Draw(occupied ?? 0, facility.Capacity, BarWidth)}[/]",
                Count(pulse, facility));
        }
        var notes = pulse.News.Select(Line).Append(pulse.Trouble).OfType<string>().ToList();
        table.Caption = notes.Count == 0 ? null : new TableTitle(string.Join(Environment.NewLine, notes).EscapeMarkup());
        return table;
    }

    private static string Line(CityNews news) =>
        string.Create(CultureInfo.InvariantCulture, $"{news.At:hh\\:mm\\:ss} · {news.Text.En}. {news.Text.Zh}。");

    private static string Sum(CityPulse pulse)
    {
        var counts = pulse.Counts;
        var cut = pulse.CutOff is { } gate ? $" · cut off 断线 {gate}" : "";
        var jammed = pulse.Jammed is { } lane ? $" · jammed 卡住 {lane}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{pulse.Elapsed:hh\\:mm\\:ss} · {pulse.DecisionsInLastMinute} decisions in the last minute 每分钟 · opened 放行 {counts.Opened} · "
            + $"for phones without a network 无网手机 {counts.ByPhone} · refused 拒绝 {counts.Refused} · "
            + $"without the service 离线 {counts.Alone}{cut}{jammed}");
    }

    private static string Count(CityPulse pulse, FacilityPlan facility) =>
        $"{pulse.OccupiedIn(facility.Id)?.ToString(CultureInfo.InvariantCulture) ?? "?"}/{facility.Capacity}";
}
