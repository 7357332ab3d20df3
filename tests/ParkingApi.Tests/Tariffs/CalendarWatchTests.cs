using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NodaTime.Extensions;
using Parking.Api.Tariffs;
using Parking.Api.Tests.Infrastructure;
using Parking.Facilities;

namespace Parking.Api.Tests.Tariffs;

public sealed class CalendarWatchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public CalendarWatchTests()
    {
        File.WriteAllText(_folder.PathOf("mars.json"), TariffDocuments.Calendar("MARS", 2026));
        File.WriteAllText(_folder.PathOf("one.json"), TariffDocuments.Workdays("one", "MARS"));
        File.WriteAllText(_folder.PathOf("two.json"), TariffDocuments.Workdays("two", "MARS"));
        File.WriteAllText(
            _folder.PathOf("city.json"), SampleCity.Of(["mars.json"], ("f1", "one.json"), ("f2", "two.json"), ("f3", "one.json")));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2026-11-01T23:59:59+08:00", false)]
    [InlineData("2026-11-02T00:00:00+08:00", true)]
    [InlineData("2027-06-01T00:00:00+08:00", true)]
    public void Start_CloseToTheEndOfACalendar_WarnsOfIt(string now, bool warns)
    {
        using var app = Start(now);

        var warnings = WarningsOf(app.Log);

        Assert.Equal(warns ? 1 : 0, warnings.Count);
        Assert.All(warnings, warning => Assert.StartsWith(
            "Warning Parking.Api.Tariffs.CalendarWatch 7001 HolidayCalendarEnds: The holiday calendar MARS ends on 2026-12-31; after it "
                + "the tariffs one, two know no holidays",
            warning,
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task Watch_RunningTowardsTheEndOfACalendar_WarnsOnceADay()
    {
        // Alone, without the service: there, one day has a hundred thousand ticks of other timers.
        using var log = new CapturedLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        var time = new FakeTimeProvider(At("2026-11-01T12:00:00+08:00"));
        using var watch = new CalendarWatch(
            CityFileReader.ReadFile(_folder.PathOf("city.json")), time.ToClock(), time, loggers.CreateLogger<CalendarWatch>());
        await watch.StartAsync(TestContext.Current.CancellationToken);
        Assert.Empty(WarningsOf(log));

        time.Advance(TimeSpan.FromDays(1));
        await Patience.UntilAsync(() => WarningsOf(log).Count == 1);
        time.Advance(TimeSpan.FromDays(1));
        await Patience.UntilAsync(() => WarningsOf(log).Count == 2);
    }

    [Fact]
    public void Start_WithACalendarThatNoTariffNames_SaysNothing()
    {
        File.WriteAllText(_folder.PathOf("city.json"), SampleCity.Of(["mars.json"], ("f1", null)));
        using var app = Start("2027-06-01T00:00:00+08:00");

        Assert.Empty(WarningsOf(app.Log));
    }

    private ParkingApplication Start(string now)
    {
        var app = new ParkingApplication(("City:File", _folder.PathOf("city.json")));
        app.Time.SetUtcNow(At(now));
        app.CreateClient().Dispose();
        return app;
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> WarningsOf(CapturedLog log) =>
        [.. log.Lines.Where(line => line.Contains("HolidayCalendarEnds", StringComparison.Ordinal))];
}
