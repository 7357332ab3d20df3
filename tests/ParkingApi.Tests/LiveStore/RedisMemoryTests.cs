using System.Globalization;
using Parking.Api.Facilities;
using Parking.Api.Stays;
using Parking.Api.Tests.Infrastructure;
using Parking.Codes;
using static Parking.Api.Tests.LiveStore.Sample;

namespace Parking.Api.Tests.LiveStore;

/// <summary>The budget of design: what one open stay costs in Redis.</summary>
public sealed class RedisMemoryTests(ITestOutputHelper output)
{
    private const int Stays = 100_000;
    private const int Facilities = 100;
    private const int GatesPerFacility = 4;
    private const int BytesPerStay = 450;

    /// <summary>A timeline with one event, and an answer: as long as the service writes them.</summary>
    private const int TimelineLength = 85;
    private const int AnswerLength = 56;

    [Fact]
    public async Task OpenStays_HundredThousand_FitTheBudget()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var subject = new RedisUnderTest(server, server.Configuration);
        await EnterAsync(subject, 0);
        await DrainAsync(subject);
        var before = await UsedMemoryAsync(subject);

        foreach (var portion in Enumerable.Range(1, Stays).Chunk(2_000))
        {
            await Task.WhenAll(portion.Select(n => EnterAsync(subject, n)));
        }

        await DrainAsync(subject);

        var perStay = (await UsedMemoryAsync(subject) - before) / Stays;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{perStay} bytes per open stay"));
        Assert.InRange(perStay, 100, BytesPerStay);
    }

    private static async Task EnterAsync(RedisUnderTest subject, int n)
    {
        var facility = new FacilityId($"facility-{n % Facilities:000}");
        var gate = new GateId($"{facility}-in-{n / Facilities % GatesPerFacility}");
        var scan = new GateEventId(gate, new((ulong)n % Facilities), 1 + (n / Facilities / GatesPerFacility));
        var holder = new HolderId((ulong)n * 2_654_435_761);
        await subject.Live.ReserveAsync(facility, new(scan, holder, Content, Noon), Place(capacity: Stays));
        Assert.True(await subject.Live.CommitAsync(holder, 0, new byte[TimelineLength]));
        await subject.Live.MarkAsync(facility, scan, Content, new byte[AnswerLength], []);
    }

    private static async Task DrainAsync(RedisUnderTest subject)
    {
        while (await subject.Live.OutgoingAsync(20_000) is { Count: > 0 } portion)
        {
            await subject.Live.RemoveOutgoingAsync(portion);
        }
    }

    private static Task<long> UsedMemoryAsync(RedisUnderTest subject) => subject.Connection.RunAsync(async db =>
    {
        var memory = await db.Multiplexer.GetServers()[0].InfoAsync("memory");
        return long.Parse(memory.SelectMany(group => group).First(line => line.Key == "used_memory").Value, CultureInfo.InvariantCulture);
    });
}
