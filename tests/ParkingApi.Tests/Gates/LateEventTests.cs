using CsCheck;
using NodaTime;
using Parking.Admission;
using Parking.Api.Tests.Holders;
using Parking.Api.Tests.LiveStore;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Gates;

/// <summary>
/// Journals of gates that were cut off are delivered in any order, several times over, with decision tokens in place of codes, through a
/// service that dies at any step. Stays, fees and spaces come out the same.
/// </summary>
public class LateEventTests
{
    private const int OrdersEach = 3;

    [Fact]
    public Task Journals_DeliveredAnyHow_LeaveTheSameStaysFeesAndSpaces() => Gen.Select(LateHistory.GenSteps, Gen.Int).SampleCasesAsync(
        Depth.DearCases,
        async (steps, seed) =>
        {
            var random = new Random(seed);
            var inOrder = await Delivery.StartAsync();
            var history = new LateHistory(isLive: false);
            Array.ForEach(steps, step => history.Write(inOrder.World, step));
            await inOrder.DeliverAsync(history.Events);
            var expected = await inOrder.OutcomeAsync(history);

            for (var i = 0; i < OrdersEach; i++)
            {
                var delivery = await Delivery.StartAsync();
                await delivery.DeliverAtRandomAsync(history.Events, random);
                Assert.Equal(expected, await delivery.OutcomeAsync(history));
            }
        });

    [Fact]
    public Task LiveTraffic_BroughtBackByReceiptsInAnyOrderAfterTheStoreWasLost_IsTheSameStaysFeesAndSpaces() =>
        Gen.Select(LateHistory.GenSteps, Gen.Int).SampleCasesAsync(
            Depth.DearCases,
            async (steps, seed) =>
            {
                var live = await Delivery.StartAsync();
                var history = new LateHistory(isLive: true);
                var start = live.World.Time.GetUtcNow();
                foreach (var (i, step) in steps.OrderBy(step => step.Time).Index())
                {
                    live.World.Time.AdjustTime(start.AddMinutes(35 * step.Time).AddSeconds(i));
                    var known = history.Events.Count;
                    history.Write(live.World, step);
                    await live.DeliverAsync(history.Events.Skip(known));
                }

                var expected = await live.OutcomeAsync(history);

                var restored = await Delivery.StartAsync();
                restored.World.Time.AdjustTime(live.World.Time.GetUtcNow());
                var tokens = history.Events.Select(written => (written.Gate, live.ByDecisionToken(written.Gate, written.Event)));
                await restored.DeliverAtRandomAsync([.. tokens], new(seed));
                Assert.Equal(expected, await restored.OutcomeAsync(history));
            });

    /// <summary>A world of its own, and everything that was answered in it.</summary>
    private sealed class Delivery
    {
        private readonly CrashingStore _store = new(new LiveStoreModel());
        private readonly Dictionary<(string Gate, long Seq), EventResult> _answered = [];

        private Delivery() => World = new(_store, new AccountStoreModel());

        public GateWorld World { get; }

        /// <summary>The driver is known: a code of theirs was refused once.</summary>
        public static async Task<Delivery> StartAsync()
        {
            var started = new Delivery();
            var code = started.World.Mint(LateHistory.Driver);
            started.World.Time.Advance(TimeSpan.FromMinutes(5));
            Assert.Equal(
                ScanReason.Expired, (await started.World.AnswerAsync("other-in-0", started.World.Shown("other-in-0", code))).Reason);
            return started;
        }

        public async Task DeliverAsync(IEnumerable<(string Gate, ReportedEvent Event)> events)
        {
            foreach (var (gate, reported) in events)
            {
                await SendAsync(gate, reported);
            }
        }

        public async Task DeliverAtRandomAsync(IReadOnlyList<(string Gate, ReportedEvent Event)> events, Random random)
        {
            var toCome = events.Concat(events.Where(_ => random.Next(3) == 0)).ToList();
            while (toCome.Count > 0)
            {
                var next = random.Next(toCome.Count);
                var (gate, reported) = toCome[next];
                _store.CrashAt(random.Next(3) == 0 ? random.Next(4) : int.MaxValue, random.Next(2) == 0);
                try
                {
                    if (await SendAsync(gate, Vary(gate, reported, random)))
                    {
                        toCome.RemoveAt(next);
                    }
                }
                catch (CrashException)
                {
                    // The gate gets no answer, and sends it again later.
                }

                _store.Recover();
            }
        }

        /// <summary>Describes what is left when everything has arrived and the sweep has run.</summary>
        public async Task<string> OutcomeAsync(LateHistory history)
        {
            World.Time.Advance(StaySweep.PendingPatience.ToTimeSpan());
            await World.Sweep.SweepAsync(TestContext.Current.CancellationToken);
            await World.AssertSpacesAreTheOpenStaysAsync();
            await World.AssertNothingPendingAsync();
            Assert.All(history.LastSeqs, last => Assert.Equal(
                last.Value,
                _answered.Where(answered => answered.Key.Gate == last.Key).Max(answered => answered.Value.AcknowledgedThrough)));

            var stays = (await World.TimelineAsync(LateHistory.Driver)).Stays;
            return string.Join(
                '\n', stays.Select(stay => $"{stay}, fee {World.Pricing.TotalsOf(stay, Instant.FromUtc(2026, 12, 1, 0, 0))?.Total}"));
        }

        public ReportedEvent ByDecisionToken(string gate, ReportedEvent reported) =>
            reported is ReportedScan scan
                ? scan with { Code = null, DecisionToken = _answered[(gate, scan.Seq)].Scan!.DecisionToken }
                : reported;

        /// <summary>Sends an answered scan again with its decision token, or as it was before the gate decided alone.</summary>
        private ReportedEvent Vary(string gate, ReportedEvent reported, Random random) =>
            reported is ReportedScan scan && _answered.ContainsKey((gate, scan.Seq))
                ? random.Next(3) switch
                {
                    0 => ByDecisionToken(gate, scan),
                    1 => scan with { Local = null },
                    _ => scan,
                }
                : reported;

        /// <returns>Whether the gate is done with it.</returns>
        private async Task<bool> SendAsync(string gate, ReportedEvent reported)
        {
            var handled = await World.PostAsync(gate, reported);
            if (handled.Outcome == EventOutcome.Waiting)
            {
                Assert.IsType<ReportedAct>(reported);
                return false;
            }

            Assert.Equal(reported is ReportedScan ? EventOutcome.Decided : EventOutcome.Recorded, handled.Outcome);
            if (_answered.TryGetValue((gate, reported.Seq), out var first))
            {
                // Only the fee's lines may be missing: if a later event gave the stay another end.
                Assert.Equal(WithoutLines(first), WithoutLines(handled));
            }

            _answered[(gate, reported.Seq)] = handled;
            return true;
        }

        private static EventResult WithoutLines(EventResult handled) => handled with
        {
            AcknowledgedThrough = 0,
            Decided = null,
            IsRepeat = false,
            Scan = handled.Scan is { Fee: { } fee } scan ? scan with { Fee = fee with { Lines = null } } : handled.Scan,
        };
    }
}
