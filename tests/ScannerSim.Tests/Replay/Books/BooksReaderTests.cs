using System.Net;
using Microsoft.Extensions.Time.Testing;
using Parking.Simulation.Clients;
using Parking.Simulation.Phones;
using Parking.Simulation.Replay;
using Parking.Simulation.Replay.Books;
using Parking.Simulation.Replay.Oracle;

namespace Parking.ScannerSim.Tests.Replay.Books;

public class BooksReaderTests
{
    private const string Stays = """
        {"open":[{"id":"01","version":1,"state":"settled","facility":"b","enteredAt":"2026-05-04T03:00:00.25Z","ending":"open",
          "quote":{"tariff":"b","version":1,"currency":"CNY","enteredAt":"2026-05-04T03:00:00Z","exitedAt":"2026-05-04T04:00:00Z",
           "total":1000,"nextChange":null}}],
         "recent":[{"id":"02","version":3,"state":"conflicting","facility":"a","plate":"沪A2",
          "enteredAt":"2026-05-04T00:00:00Z","exitedAt":"2026-05-04T01:00:00Z","endedAt":"2026-05-04T01:00:00Z","ending":"exited",
          "quote":{"currency":"CNY","enteredAt":"2026-05-04T00:00:00Z","exitedAt":"2026-05-04T01:00:00Z","total":2500},"new":1},
          {"id":"03","version":1,"state":"uncollectable","facility":"a","plate":"沪X",
           "exitedAt":"2026-05-03T01:00:00Z","endedAt":"2026-05-03T01:00:00Z","ending":"missed_entry"}]}
        """;

    private const string Facilities = """
        {"facilities":[{"id":"a","district":"x","name":{"zh":"甲","en":"A"},"capacity":3,
          "occupancy":{"occupied":2,"free":1,"asOf":"2026-05-04T01:00:00Z"}},
         {"id":"b","district":"x","name":{"zh":"乙","en":"B"},"capacity":3}]}
        """;

    private static readonly ReplayDriver Driver = new("d1", [new("沪A1", VehicleClass.Car), new("沪A2", VehicleClass.Electric)]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_Books_AreTheDriversStaysAndTheOccupancy()
    {
        using var service = new RoutedService(Answer);
        var books = await Reader(service).ReadAsync([Driver], [], null, Cancellation);

        Assert.Equal(
            [
                new BookStay
                {
                    Id = "01",
                    Facility = "b",
                    Vehicle = 0,
                    EnteredAt = Scene.At(180) + NodaTime.Duration.FromMilliseconds(250),
                    Ending = StayEnding.Open,
                    State = StayState.Settled,
                    Version = 1,
                    Fee = new("CNY", 1000),
                },
                new BookStay
                {
                    Id = "02",
                    Facility = "a",
                    Vehicle = 2,
                    EnteredAt = Scene.At(0),
                    ExitedAt = Scene.At(60),
                    EndedAt = Scene.At(60),
                    Ending = StayEnding.Exited,
                    State = StayState.Conflicting,
                    Version = 3,
                    Fee = new("CNY", 2500),
                },
                new BookStay
                {
                    Id = "03",
                    Facility = "a",
                    Vehicle = -1,
                    ExitedAt = Scene.At(60 - (24 * 60)),
                    EndedAt = Scene.At(60 - (24 * 60)),
                    Ending = StayEnding.MissedEntry,
                    State = StayState.Uncollectable,
                    Version = 1,
                },
            ],
            books.Stays["d1"]);
        Assert.Equal([("a", 2), ("b", null)], books.Occupied.Select(facility => (facility.Key, facility.Value)));
    }

    [Fact]
    public async Task Read_ManyDrivers_AsksWithEachOnesTokenAFewAtATime()
    {
        using var service = new RoutedService(Answer);
        var read = 0;
        var drivers = Enumerable.Range(0, 200).Select(number => Driver with { Name = $"d{number}" }).ToList();

        var books = await Reader(service).ReadAsync(drivers, [], () => Interlocked.Increment(ref read), Cancellation);

        Assert.Equal((200, 200), (books.Stays.Count, read));
        Assert.Equal(
            drivers.Select(driver => $"Bearer token of {driver.Name} /v1/me/stays").Order(),
            service.Received.Where(call => call.EndsWith("stays", StringComparison.Ordinal)).Order());
        Assert.InRange(service.MostAtOnce, 1, 16);
    }

    [Fact]
    public async Task Read_Refused_NamesTheDriverAndNoToken()
    {
        using var service = new RoutedService((_, _) => new(HttpStatusCode.Unauthorized));

        var error = await Assert.ThrowsAsync<ServiceRefusedException>(() => Reader(service).ReadAsync([Driver], [], null, Cancellation));

        Assert.StartsWith("d1, asking for stays: HTTP 401", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("token of", error.Message, StringComparison.Ordinal);
    }

    private static BooksReader Reader(RoutedService service) =>
        new(service.CreateClient(), name => $"token of {name}", () => "operator", new FakeTimeProvider());

    private static HttpResponseMessage Answer(HttpRequestMessage request, string body) => new(HttpStatusCode.OK)
    {
        Content = new StringContent(
            request.RequestUri!.AbsolutePath == "/v1/facilities" ? Facilities : Stays,
            System.Text.Encoding.UTF8,
            "application/json"),
    };
}
