using System.Globalization;
using NodaTime;
using Parking.Admission;
using Parking.Api.Tests.Infrastructure;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Tariffs;
using Parking.Timelines;
using static Parking.Api.Tests.LiveStore.Sample;

namespace Parking.Api.Tests.LiveStore;

/// <summary>The design's budget for one open stay in Redis, including what the barrier did at its entry.</summary>
public sealed class RedisMemoryTests(ITestOutputHelper output)
{
    private const int StaysPerFacility = 1_000;
    private const int GatesPerFacility = 4;
    private const int BytesPerStay = 450;

    private static readonly int Facilities = Depth.Facilities, Stays = Facilities * StaysPerFacility;

    [Fact]
    public async Task OpenStays_ThousandAtEachFacility_FitTheBudget()
    {
        // The list of slow commands is off: on a busy machine it would keep commands and their arguments in memory.
        await using var server = await RedisServer.StartNewAsync("--appendfsync", "no", "--slowlog-max-len", "0");
        await using var subject = new RedisUnderTest(server, RedisServer.Patient(server.Configuration));
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
        var scan = new GateEventId(gate, new(Journal.Value - (ulong)(n % Facilities)), 1 + (3 * (n / Facilities / GatesPerFacility)));
        var holder = new HolderId((ulong)n * 2_654_435_761);
        await subject.Live.ReserveAsync(facility, new(scan, holder, Content, Noon), Space(capacity: Stays));
        var entry = Entry(facility, scan, CodeId.Parse($"{n:x32}"));
        var timeline = Timeline.Empty.Add(entry);
        Assert.True(await subject.Live.CommitAsync(holder, 0, TimelineCodec.Encode(timeline)));
        var answer = new StoredAnswer(entry.Decision.Reason, entry.Decision.At, entry.Code, entry.OccurredAt);
        await subject.Live.MarkAsync(facility, scan, Content, answer.Encode(), []);
        foreach (var (after, act) in new[] { (1, BarrierAct.Opened), (2, BarrierAct.Passed) })
        {
            var acted = Act(entry, act, after);
            timeline = timeline.Add(acted);
            Assert.True(await subject.Live.CommitAsync(holder, after, TimelineCodec.Encode(timeline)));
            await subject.Live.MarkAsync(facility, acted.Id, acted.Content, KeptEvent.Recorded, []);
        }
    }

    /// <summary>An act as it is reported with the next scan, some seconds later.</summary>
    private static ActEvent Act(ScanEvent entry, BarrierAct act, int after) => new()
    {
        Id = entry.Id with { Seq = entry.Id.Seq + after },
        Facility = entry.Facility,
        DeviceTime = entry.DeviceTime + Duration.FromMilliseconds(after * 3_700),
        ClockOffset = entry.ClockOffset,
        Act = act,
        Scan = entry.Id,
        TakenInAt = entry.OccurredAt + Duration.FromMilliseconds(9_000),
    };

    /// <summary>An entry as a working gate sends it: its clock is slightly off, and the answer comes a moment later.</summary>
    private static ScanEvent Entry(FacilityId facility, GateEventId scan, CodeId code) => new()
    {
        Id = scan,
        Facility = facility,
        Direction = GateDirection.Entry,
        DeviceTime = Noon,
        ClockOffset = Duration.FromMilliseconds(-350),
        Sent = Content,
        Code = code,
        Vehicle = new(1),
        Decision = new(ScanReason.Entered, Noon + Duration.FromMilliseconds(20)),
        Terms = new(12, VehicleClass.Electric, 57, Entitlements.None),
    };

    private static async Task DrainAsync(RedisUnderTest subject)
    {
        while (await subject.Live.OutgoingAsync(20_000) is { Count: > 0 } portion)
        {
            await subject.Live.RemoveOutgoingAsync(portion);
        }

        while (await subject.Feed.ListAsync(20_000) is { Count: > 0 } partitions)
        {
            foreach (var (number, last, changed) in partitions)
            {
                await subject.Feed.AcknowledgeAsync(number, last, new((last?.Number ?? 0) + 1, 1), changed);
            }
        }
    }

    /// <summary>What is kept: without what Redis holds for connections and for the next write to its file, which varies.</summary>
    private static Task<long> UsedMemoryAsync(RedisUnderTest subject) => subject.Connection.RunAsync(async db =>
    {
        var memory = (await db.Multiplexer.GetServers()[0].InfoAsync("memory")).SelectMany(group => group).ToDictionary();
        return Bytes("used_memory") - Bytes("mem_clients_normal") - Bytes("mem_aof_buffer");

        long Bytes(string name) => long.Parse(memory[name], CultureInfo.InvariantCulture);
    });
}
