using System.Diagnostics;
using System.Globalization;
using NodaTime;
using NodaTime.Extensions;
using Parking.GateProtocol;
using Parking.Optics.Programs;
using Parking.Simulation.Load;
using PuppeteerSharp;

namespace Parking.Bench.ConsolePage;

/// <summary>
/// The console in a real chromium during a load. It notes each number that it shows, and how old that number was at the moment at which the
/// next one took its place; and for each row of the feed, the time since the code was shown.
/// </summary>
/// <param name="time">The clock of the gates, which the browser shares.</param>
internal sealed class ConsoleWindow(TimeProvider time) : ILoadWitness, IAsyncDisposable
{
    private const string Program = "chromium";

    /// <summary>
    /// Notes what changes at the beginning of the frame after the one that shows it: an upper bound of the moment at which it is seen.
    /// </summary>
    private const string NoteWhatIsShown = """
        () => {
          const noted = window.noted = { numbers: [], rows: [] };
          const changed = new Set(), added = [];
          const note = cell => noted.numbers.push([cell.closest('tr').dataset.facility, Date.now(), parseInt(cell.textContent)]);
          const atNextFrame = () => requestAnimationFrame(() => {
            changed.forEach(note);
            added.forEach(row => noted.rows.push(Date.now() - Date.parse(row.querySelector('time').dateTime)));
            changed.clear();
            added.length = 0;
          });
          new MutationObserver(changes => {
            for (const { target } of changes) {
              const cell = target.closest('[data-part=figures]');
              if (cell) {
                changed.add(cell);
              }
            }
            atNextFrame();
          }).observe(document.querySelector('#rows'), { childList: true, subtree: true });
          new MutationObserver(changes => {
            added.push(...changes.flatMap(change => [...change.addedNodes]));
            atNextFrame();
          }).observe(document.querySelector('#decisions'), { childList: true });
          document.querySelectorAll('#rows [data-part=figures]').forEach(note);
        }
        """;

    private const string TellWhatWasShown = "() => ({ numbers: noted.numbers, rows: noted.rows, end: Date.now() })";

    /// <summary>The browser's names of what the page's thread does; the first is the sum.</summary>
    private static readonly string[] Tasks = ["TaskDuration", "ScriptDuration", "RecalcStyleDuration", "LayoutDuration"];

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly OccupancyTruth _truth = new();
    private IBrowser? _browser;
    private IPage? _page;
    private Noted? _noted;
    private (long At, IReadOnlyDictionary<string, decimal> Metrics) _began;

    /// <summary>How busy the page's thread was and with what, in percent of the time; waiting for a core is part of it.</summary>
    public string Busy { get; private set; } = "";

    public async Task ArriveAsync(Uri service, CancellationToken cancellationToken)
    {
        var program = Executable.Find(Program) ?? throw new InvalidOperationException($"{Program} is not on the PATH.");
        _browser = await Puppeteer.LaunchAsync(new LaunchOptions
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
            DefaultViewport = new ViewPortOptions { Width = 1600, Height = 900 },
        });
        _page = await _browser.NewPageAsync();
        await _page.GoToAsync(new Uri(service, "/sign-in?to=/console").AbsoluteUri);
        var loading = _page.WaitForNavigationAsync();
        await _page.ClickAsync("a[href*='person=demo-controller']");
        await loading;
        while (!await _page.EvaluateExpressionAsync<bool>("document.body.dataset.connection === 'live'"))
        {
            await Task.Delay(LookEvery, time, cancellationToken);
        }
    }

    public async Task BeginAsync()
    {
        _began = (time.GetTimestamp(), await LookAsync());
        await _page!.EvaluateFunctionAsync(NoteWhatIsShown);
    }

    public void Counted(string facility, GateDirection direction, TimeSpan within)
    {
        var now = time.GetCurrentInstant();
        _truth.Count(facility, direction, now - Duration.FromTimeSpan(within), now);
    }

    public async Task EndAsync()
    {
        _noted = await _page!.EvaluateFunctionAsync<Noted>(TellWhatWasShown);
        var (now, length) = (await LookAsync(), time.GetElapsedTime(_began.At).TotalSeconds);
        Busy = string.Join(", ", Tasks.Select(task => string.Create(
            CultureInfo.InvariantCulture, $"{task} {(double)(now[task] - _began.Metrics[task]) / length * 100:0.0} %")));
    }

    /// <summary>How old each number was when the next one took its place, or at the end.</summary>
    /// <exception cref="InvalidOperationException">A number was shown that a facility never had.</exception>
    public IReadOnlyList<TimeSpan> AgesOfNumbers()
    {
        var ages = new List<TimeSpan>();
        foreach (var shown in _noted!.Numbers.Select(Shown.Read).GroupBy(shown => shown.Facility))
        {
            var numbers = shown.OrderBy(one => one.From).ToList();
            foreach (var (index, one) in numbers.Index())
            {
                var until = index + 1 < numbers.Count ? numbers[index + 1].From : Instant.FromUnixTimeMilliseconds(_noted.End);
                ages.Add(_truth.AgeOf(one.Facility, one.Number, until)?.ToTimeSpan()
                    ?? throw new InvalidOperationException($"{one.Facility} was shown with {one.Number} vehicles, which it never had."));
            }
        }

        return ages;
    }

    /// <summary>For each row of the feed, the time from the showing of the code until it was there.</summary>
    public IReadOnlyList<TimeSpan> AgesOfRows() => [.. _noted!.Rows.Select(age => TimeSpan.FromMilliseconds(age))];

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
    }

    private async Task<IReadOnlyDictionary<string, decimal>> LookAsync() => await _page!.MetricsAsync();

    private sealed record Noted(object[][] Numbers, double[] Rows, long End);

    private readonly record struct Shown(string Facility, Instant From, int Number)
    {
        public static Shown Read(object[] values) => new(
            Text(values[0]),
            Instant.FromUnixTimeMilliseconds(long.Parse(Text(values[1]), CultureInfo.InvariantCulture)),
            int.Parse(Text(values[2]), CultureInfo.InvariantCulture));

        private static string Text(object value) =>
            Convert.ToString(value, CultureInfo.InvariantCulture) ?? throw new UnreachableException();
    }
}
