using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Parking.Api.Tests.Infrastructure;
using Parking.Events;
using Parking.Facilities;
using Parking.Stays;
using Parking.Timelines;
using static Parking.Api.Tests.Stays.Traffic;

namespace Parking.Api.Tests.Stays;

/// <summary>
/// Stays follow what happened, not when it arrived: the same events give the same stays and the same fees, in whatever order and however
/// often they come.
/// </summary>
public class ArrivalOrderTests
{
    private const int OrdersOfLongOnes = 40;

    private static readonly Instant Later = Start + Duration.FromDays(1);

    private static readonly StayPricing Pricing = new(
        new CityDirectory([], [MakeFacility("harbour"), MakeFacility("museum")], []), NullLogger<StayPricing>.Instance);

    [Fact]
    public void UpToSixEvents_InEveryOrder_GiveTheSameStaysAndFees() => GenEvents(0, 6).SampleCases(
        Depth.DearCases,
        history =>
        {
            var expected = TimelineFold.Fold(history);
            ForEachOrder([.. history], history.Length, order => AssertSame(expected, TimelineFold.Fold(order)));
        });

    [Fact]
    public void ManyEvents_InManyOrders_GiveTheSameStaysAndFees() => Gen.Select(GenEvents(7, 16), Gen.Int).SampleCases(
        Depth.DearCases,
        (history, seed) =>
        {
            var expected = TimelineFold.Fold(history);
            var random = new Random(seed);
            for (var i = 0; i < OrdersOfLongOnes; i++)
            {
                random.Shuffle(history);
                AssertSame(expected, TimelineFold.Fold(history));
            }
        });

    [Fact]
    public void Events_ArrivingOneByOneWithRepetitions_AndStoredEachTime_GiveTheSameStaysAndFees() =>
        Gen.Select(GenEvents(1, 12), Gen.Int).SampleCases(
            Depth.DearCases,
            (history, seed) =>
            {
                var expected = TimelineFold.Fold(history);
                var random = new Random(seed);
                var arriving = history.Concat(history.Where(_ => random.Next(3) == 0)).ToArray();
                random.Shuffle(arriving);

                var timeline = Timeline.Empty;
                var waiting = new Queue<GateEvent>(arriving);
                while (waiting.TryDequeue(out var next))
                {
                    if (next is ActEvent act && timeline.Find(act.Scan) is null)
                    {
                        waiting.Enqueue(next);
                    }
                    else if (timeline.Find(next.Id) is null)
                    {
                        timeline = TimelineCodec.Decode(TimelineCodec.Encode(timeline.Add(next).Trim(Later)));
                    }
                }

                AssertSame(expected, timeline.Stays);
            });

    [Fact]
    public void AnyHistory_EveryPassageIsOneEndOfOneStay() => GenEvents(0, 14).SampleCases(
        Depth.Cases,
        history =>
        {
            var stays = TimelineFold.Fold(history);
            var passages = new Passages(history);
            var passed = history.OfType<ScanEvent>().Where(passages.Passed).Select(scan => scan.Id);
            var entries = stays.Where(stay => stay.EnteredAt is not null).Select(stay => stay.Id);
            var exits = stays.Where(stay => stay.Ending is StayEnding.Exited or StayEnding.MissedEntry).Select(stay => stay.EndedBy!.Value);

            Assert.Equal(passed.Order(), entries.Concat(exits).Order());
            Assert.All(stays, stay => Assert.True(stay.EndedAt is null || stay.EnteredAt is null || stay.EndedAt >= stay.EnteredAt));
            Assert.All(stays, stay => Assert.Equal(stay.IsOpen, stay.EndedBy is null));
            Assert.All(stays.Where(stay => stay.IsOpen).GroupBy(stay => stay.Vehicle), sameVehicle => Assert.Single(sameVehicle));
        });

    private static void AssertSame(IReadOnlyList<Stay> expected, IReadOnlyList<Stay> actual)
    {
        // Assert.Equal reports differences well but is slow. It is called only if there is a difference.
        if (!expected.SequenceEqual(actual))
        {
            Assert.Equal(expected, actual);
        }

        Assert.True(expected.Select(FeeOf).SequenceEqual(actual.Select(FeeOf)), "The fees differ.");
    }

    private static long? FeeOf(Stay stay) => stay.Ending == StayEnding.Exited ? Pricing.TotalsOf(stay, Later)?.Total : null;

    /// <summary>Heap's algorithm.</summary>
    private static void ForEachOrder(GateEvent[] events, int count, Action<GateEvent[]> act)
    {
        if (count <= 1)
        {
            act(events);
            return;
        }

        for (var i = 0; i < count; i++)
        {
            ForEachOrder(events, count - 1, act);
            if (i < count - 1)
            {
                var other = count % 2 == 0 ? i : 0;
                (events[other], events[count - 1]) = (events[count - 1], events[other]);
            }
        }
    }

    private static Facility MakeFacility(string id) => new()
    {
        Id = new(id),
        District = new("north"),
        Name = new(id, id),
        Capacity = 10,
        EnforcesCapacity = true,
        MissedEntry = MissedEntryPolicy.Open,
        TimeZone = DateTimeZone.Utc,
        Tariff = SampleTariffs.Stepped,
    };
}
