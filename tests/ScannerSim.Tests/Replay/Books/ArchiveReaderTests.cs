using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Parking.Simulation.Replay.Books;
using Parking.Simulation.Replay.Oracle;

namespace Parking.ScannerSim.Tests.Replay.Books;

public class ArchiveReaderTests
{
    [Fact]
    public async Task Read_Archive_IsEveryPageOfEachFacility_WithTheRevisionsOfWhatHasEnded()
    {
        using var service = new RoutedService(Answer);

        var archive = await new ArchiveReader(service.CreateClient(), () => "token", new FakeTimeProvider()).ReadAsync(
            ["a", "b"], TestContext.Current.CancellationToken);

        var (ended, open) = (archive.Single(stay => stay.Id == "02"), archive.Single(stay => stay.Id == "01"));
        Assert.Equal(2, archive.Count);
        Assert.Equal(
            ("a", "a-in", null, StayEnding.Open, StayState.Settled, 0),
            (open.Facility, open.EntryGate, open.ExitGate, open.Ending, open.State, open.Revision));
        Assert.Empty(open.Revisions);
        Assert.Equal((Scene.At(0), Scene.At(60), true), (ended.EnteredAt!.Value, ended.EndedAt!.Value, ended.Counts));
        Assert.Equal([1, 2], ended.Revisions.Select(revision => revision.Revision));
        Assert.Equal([null, new Price("CNY", 2500)], ended.Revisions.Select(revision => revision.Fee));
        Assert.Equal([new PriceLine("increments", 2500, Scene.At(0), Scene.At(75), 5, 500)], ended.Revisions[1].Lines!);
        Assert.All(service.Received, call => Assert.StartsWith("Bearer token ", call, StringComparison.Ordinal));
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request, string body) => new(HttpStatusCode.OK)
    {
        Content = new StringContent(
            request.RequestUri!.PathAndQuery switch
            {
                "/v1/archive/stays?facility=a&limit=200" => $$"""{"stays":[{{Open}}],"next":"17-00"}""",
                "/v1/archive/stays?facility=a&limit=200&cursor=17-00" => $$"""{"stays":[{{Ended}}]}""",
                "/v1/archive/stays?facility=b&limit=200" => """{"stays":[]}""",
                "/v1/archive/stays/02" => $$"""{"stay":{{Ended}},"revisions":[{{First}},{{Second}}]}""",
                var other => throw new ArgumentException($"Nobody asks for {other}."),
            },
            Encoding.UTF8,
            "application/json"),
    };

    private const string Open = """
        {"id":"01","facility":"a","entryGate":"a-in","enteredAt":"2026-05-04T03:00:00.25Z","ending":"open","state":"settled","revision":0}
        """;

    private const string Ended = """
        {"id":"02","facility":"a","entryGate":"a-in","exitGate":"a-out","enteredAt":"2026-05-04T00:00:00Z","endedAt":"2026-05-04T01:00:00Z",
         "ending":"exited","state":"conflicting","doubts":["entry_time"],"revision":2}
        """;

    private const string First = """
        {"revision":1,"recordedAt":"2026-05-04T01:00:05Z","enteredAt":"2026-05-04T00:00:00Z","endedAt":"2026-05-04T00:50:00Z",
         "ending":"inventory","state":"uncollectable"}
        """;

    private const string Second = """
        {"revision":2,"recordedAt":"2026-05-04T01:00:06Z","enteredAt":"2026-05-04T00:00:00Z","endedAt":"2026-05-04T01:00:00Z",
         "ending":"exited","state":"conflicting","total":2500,"currency":"CNY","displayed":2500,
         "lines":[{"kind":"increments","amount":2500,"from":"2026-05-04T00:00:00Z","to":"2026-05-04T01:15:00Z","quantity":5,
          "unitPrice":500,"text":{"zh":"五","en":"five"}}]}
        """;
}
