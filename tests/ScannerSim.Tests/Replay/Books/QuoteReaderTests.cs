using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Parking.GateProgram;
using Parking.Simulation.Clients;
using Parking.Simulation.Phones;
using Parking.Simulation.Replay.Books;
using Parking.Simulation.Replay.Oracle;

namespace Parking.ScannerSim.Tests.Replay.Books;

public class QuoteReaderTests
{
    private readonly List<string> _bodies = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_AStay_IsAskedForByTimesAndClass()
    {
        using var service = new RoutedService(Price);

        var prices = await Reader(service).ReadAsync("a", [new(Scene.At(0), Scene.At(65), VehicleClass.Motorcycle)], Cancellation);

        var price = Assert.Single(prices);
        Assert.Equal(new Price("CNY", 65), price.Price);
        Assert.Equal([new PriceLine("increments", 65, Scene.At(0), Scene.At(65), 65, 1)], price.Lines);
        Assert.Equal(
            """
            {"facility":"a","lines":true}
            {"enteredAt":"2026-05-04T00:00:00Z","exitedAt":"2026-05-04T01:05:00Z","vehicleClass":"motorcycle"}

            """,
            Assert.Single(_bodies));
    }

    [Fact]
    public async Task Read_ManyStays_TakesSeveralCallsByTurnsAndKeepsTheOrder()
    {
        using var service = new RoutedService(Price);
        var stays = Enumerable.Range(0, 9000).Select(minutes => new PricedTime(Scene.At(0), Scene.At(minutes), VehicleClass.Car)).ToList();

        var prices = await Reader(service).ReadAsync("a", stays, Cancellation);

        Assert.Equal(Enumerable.Range(0, 9000).Select(minutes => new Price("CNY", minutes)), prices.Select(price => price.Price));
        Assert.Equal(["Bearer one", "Bearer two", "Bearer one"], service.Received.Select(call => call.Split(" /")[0]));
        Assert.All(_bodies, body => Assert.InRange(body.Length, 1, 512 * 1024));
    }

    [Fact]
    public async Task Read_NoStays_AsksNothing()
    {
        using var service = new RoutedService(Price);

        Assert.Empty(await Reader(service).ReadAsync("a", [], Cancellation));
        Assert.Empty(service.Received);
    }

    [Theory]
    [InlineData(
        """{"stay":1,"error":{"path":"$.exitedAt","problem":"the stay is too long","expected":"less"}}""",
        "stay 1: the stay is too long")]
    [InlineData("""{"stay":2,"currency":"CNY","total":1,"lines":[]}""", "stay 1: the answer is not a price")]
    [InlineData("""{"stay":1,"currency":"CNY","total":1,"lines":[]}""", "1 of 2 stays were priced")]
    [InlineData("{", "not what this version expects")]
    public async Task Read_AnswerIsNoPrice_SaysWhichAndWhy(string answer, string says)
    {
        using var service = new RoutedService((_, _) => new(HttpStatusCode.OK) { Content = new StringContent(answer) });
        PricedTime stay = new(Scene.At(0), Scene.At(1), VehicleClass.Car);

        var error = await Assert.ThrowsAsync<ServiceRefusedException>(() => Reader(service).ReadAsync("a", [stay, stay], Cancellation));

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fees_OfARecording_AreAskedForWhereParkingHasAPriceAndTheStayExited()
    {
        using var service = new RoutedService(Price);
        var scene = new Scene().In("a", 0, 2).Out("a", 7, 2).In("a", 10).Out("c", 20).In("c", 30).Out("c", 40).Out("b", 50);
        var oracle = scene.Oracle();

        var fees = await ExpectedFees.ReadAsync(scene.Record(), oracle, Reader(service), Cancellation);

        Assert.Equal([new Price("CNY", 7), null, null, null, null], oracle.Stays.Select(fees.Of));
        Assert.Contains("\"motorcycle\"", Assert.Single(_bodies), StringComparison.Ordinal);
        Assert.Equal(StayEnding.Exited, oracle.Stays.First().Ending);
    }

    private static QuoteReader Reader(RoutedService service) => new(service.CreateClient(), ["one", "two"], new FakeTimeProvider());

    /// <summary>The price is one fen per minute.</summary>
    private HttpResponseMessage Price(HttpRequestMessage request, string body)
    {
        _bodies.Add(body);
        var answers = body.TrimEnd('\n').Split('\n').Skip(1).Select((asked, index) =>
        {
            var stay = JsonSerializer.Deserialize<PricedTime>(asked, ClientJson.Options)!;
            var total = (long)(stay.ExitedAt - stay.EnteredAt).TotalMinutes;
            var (from, to) = (stay.EnteredAt, stay.ExitedAt);
            var line = $$"""{"kind":"increments","amount":{{total}},"from":"{{from}}","to":"{{to}}","quantity":{{total}},"unitPrice":1}""";
            return $$"""{"stay":{{index + 1}},"tariff":"t","version":1,"currency":"CNY","total":{{total}},"lines":[{{line}}]}""" + "\n";
        });
        return new(HttpStatusCode.OK) { Content = new StringContent(string.Concat(answers)) };
    }
}
