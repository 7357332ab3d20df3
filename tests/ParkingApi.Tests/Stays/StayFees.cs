using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Parking.Api.Tests.Infrastructure;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Tariffs;
using Parking.Tariffs.Quotes;

namespace Parking.Api.Tests.Stays;

/// <summary>
/// Over HTTP, on every store: what a stay costs now according to the driver's phone is what the gate says if the driver leaves now. Both
/// are what the tariff makes of the facts at entry.
/// </summary>
public abstract class StayFees
{
    private const int Drivers = 30;
    private const int Exits = 240;

    private protected abstract Task<ParkingApplication> StartAsync(Func<string, Tariff?> tariffOf);

    [Fact]
    public async Task QuoteOnThePhone_AtAnyInstant_IsTheFeeOfAnExitAtThatInstant()
    {
        using var app = await StartAsync(TariffOf);
        var random = new Random(20261124);
        var drivers = Enumerable.Range(0, Drivers).Select(n => new Driver(app, n)).ToArray();
        await Task.WhenAll(drivers.Select(driver => driver.RegisterAsync()));
        var inside = new Dictionary<string, int>();
        var exits = new List<(string Facility, int Version, long Total)>();
        long seq = 0;
        while (exits.Count < Exits)
        {
            // A jump: the sweep and the pump need not run for every second of these days.
            app.Time.AdjustTime(app.Time.GetUtcNow().AddMilliseconds(random.Next(2) == 0 ? random.Next(600_000) : random.Next(3_600_000)));
            var driver = drivers[random.Next(Drivers)];
            if (driver.Parked is not { } parked)
            {
                var facility = Facilities[random.Next(Facilities.Length)];
                var others = inside.GetValueOrDefault(facility);
                if ((await driver.ScanAsync($"{facility}-in-1", ++seq)).Reason == ScanReason.Entered)
                {
                    inside[facility] = others + 1;
                    driver.Park(facility, others);
                }

                continue;
            }

            var quoted = await driver.OpenQuoteAsync();
            var scan = await driver.ShowAsync(++seq);
            var answer = await app.ScanAsync($"{parked}-out-1", scan);
            inside[parked]--;

            Assert.Equal(ScanReason.Exited, answer.Reason);
            AssertSame(driver.Expected(Now(app)), quoted, answer);
            Assert.Equal(answer, await app.ScanAsync($"{parked}-out-1", scan));
            Assert.Equal(answer.Fee?.Total, await driver.TotalOfAsync(answer.Stay!.Id));
            exits.Add((parked, quoted?.GetProperty("version").GetInt32() ?? 0, answer.Fee?.Total ?? -1));
            driver.Leave();
        }

        // The random choices have covered the cases that they are for.
        Assert.Contains(exits, exit => exit.Version == 7);
        Assert.Contains(exits, exit => exit.Version == 9);
        Assert.Contains(exits, exit => exit.Total == -1);
        Assert.True(exits.Where(exit => exit.Version is 1 or 4 or 7).Select(exit => exit.Total).Distinct().Count() > 40);
    }

    private static string[] Facilities => ["yuyuan", "nanjing-west-street", "hsp", "jingan-temple"];

    private static Tariff? TariffOf(string facility) => facility switch
    {
        "yuyuan" => SampleTariffs.Busy,
        "nanjing-west-street" => SampleTariffs.Changing,
        "hsp" => SampleTariffs.Stepped,
        _ => null,
    };

    private static Instant Now(ParkingApplication app) => Instant.FromDateTimeOffset(app.Time.GetUtcNow());

    private static void AssertSame(Quote? expected, JsonElement? quoted, ScanAnswer answer)
    {
        Assert.Equal(expected?.Total, quoted?.GetProperty("total").GetInt64());
        Assert.Equal(expected?.Total, answer.Fee?.Total);
        Assert.Equal(
            expected?.Lines.Select(line => (line.Text.En, line.Amount)), answer.Fee?.Lines!.Select(line => (line.Text.En, line.Amount)));
        Assert.Equal(
            quoted?.GetProperty("lines")
                .EnumerateArray()
                .Select(line => (line.GetProperty("text").GetProperty("zh").GetString(), line.GetProperty("amount").GetDecimal())),
            answer.Fee?.Lines!.Select(line => ((string?)line.Text.Zh, line.Amount)));
        Assert.Equal(answer.Fee?.Total, answer.Fee?.Lines!.Sum(line => line.Amount));
    }

    /// <summary>A driver, and what a test remembers of them without asking the service.</summary>
    private sealed class Driver(ParkingApplication app, int number)
    {
        private readonly string _citizen = $"driver-{number:000}";
        private readonly string? _entitlements = number % 3 == 0 ? "resident" : null;
        private readonly string? _plate = number % 2 == 0 ? $"沪A{number:00000}" : null;
        private readonly VehicleClass _class = number % 4 == 0 ? VehicleClass.Motorcycle : VehicleClass.Car;
        private Instant _enteredAt;
        private int _percent;

        public string? Parked { get; private set; }

        public void Park(string facility, int others)
        {
            Parked = facility;
            _enteredAt = Now(app);
            _percent = others * 100 / app.Services.GetRequiredService<CityDirectory>().FindFacility(new(facility))!.Capacity;
        }

        public void Leave() => Parked = null;

        public Quote? Expected(Instant exitedAt) => TariffOf(Parked!)?.InForceAt(_enteredAt)!.Quote(new()
        {
            EnteredAt = _enteredAt,
            ExitedAt = exitedAt,
            VehicleClass = _plate is null ? VehicleClass.Car : _class,
            Entitlements = _entitlements is null ? [] : [_entitlements],
            OccupancyPercent = _percent,
        });

        public async Task RegisterAsync()
        {
            using var phone = Phone();
            var vehicles = _plate is null
                ? []
                : new[] { new { plate = _plate, @class = _class == VehicleClass.Car ? "car" : "motorcycle" } };
            using var response = await phone.PutAsJsonAsync(
                "/v1/me/vehicles", new { vehicles }, TestContext.Current.CancellationToken);
            response.EnsureSuccessStatusCode();
        }

        public async Task<ReportedScan> ShowAsync(long seq)
        {
            using var phone = Phone();
            return app.Scan(await app.FetchCodeAsync(phone, _plate), seq);
        }

        public async Task<ScanAnswer> ScanAsync(string gate, long seq) => await app.ScanAsync(gate, await ShowAsync(seq));

        public async Task<JsonElement?> OpenQuoteAsync()
        {
            using var phone = Phone();
            var stays = await phone.GetFromJsonAsync<JsonElement>("/v1/me/stays", TestContext.Current.CancellationToken);
            return Assert.Single(stays.GetProperty("open").EnumerateArray()).TryGetProperty("quote", out var quote) ? quote : null;
        }

        public async Task<long?> TotalOfAsync(string stay)
        {
            using var phone = Phone();
            var ended = await phone.GetFromJsonAsync<JsonElement>($"/v1/stays/{stay}", TestContext.Current.CancellationToken);
            return ended.TryGetProperty("quote", out var quote) ? quote.GetProperty("total").GetInt64() : null;
        }

        private HttpClient Phone() => app.CitizenClient(_citizen, _entitlements);
    }
}
