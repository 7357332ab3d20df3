using Parking.Api.Tests.Infrastructure;
using Parking.Api.Tests.LiveStore;
using Parking.Codes;
using Parking.Events;
using Parking.GateProtocol;
using Parking.Ports;
using Parking.Timelines;

namespace Parking.Api.Tests.Gates;

/// <summary>kill −9 of redis-server under traffic, again and again: whatever was answered is still true.</summary>
public sealed class RedisKills(OwnRedisServer own) : IClassFixture<OwnRedisServer>
{
    private const int Lanes = 16;
    private const int AnswersBetweenKills = 100;

    [Fact]
    public async Task EveryAnsweredScan_OutlivesTheServer()
    {
        await using var subject = await RedisUnderTest.CreateAsync(own);
        var world = new GateWorld(subject.Live, subject.Holders);
        var drivers = Enumerable.Range(0, Lanes).Select(lane => new Commuter(world, lane)).ToArray();
        for (var kill = 0; kill < Depth.Kills; kill++)
        {
            var answered = 0;
            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var traffic = drivers.Select(driver => Task.Run(async () =>
            {
                while (!over.IsCancellationRequested && await driver.TryMoveAsync())
                {
                    if (Interlocked.Increment(ref answered) == AnswersBetweenKills)
                    {
                        enough.SetResult();
                    }
                }
            })).ToArray();

            await enough.Task;
            await subject.TakeAwayAsync();
            await over.CancelAsync();
            await Task.WhenAll(traffic);
            await subject.BringBackAsync();

            foreach (var driver in drivers)
            {
                await driver.AssertNothingIsLostAsync();
                await driver.FinishAsync();
            }

            await world.AssertSpacesAreTheOpenStaysAsync();
            await world.AssertNothingPendingAsync();
        }
    }

    /// <summary>Drives in and out at one lane for ever, with a new driver each time, and remembers every answer.</summary>
    private sealed class Commuter(GateWorld world, int lane)
    {
        private readonly List<(HolderId Driver, GateEventId Scan)> _opened = [];
        private ulong _trips;
        private bool _isInside;
        private (string Gate, ReportedScan Scan)? _unanswered;

        private HolderId Driver => new(((ulong)lane << 32) | _trips);

        /// <summary>One more scan, or the unanswered one again. False if the store is gone.</summary>
        public async Task<bool> TryMoveAsync()
        {
            try
            {
                await MoveAsync();
                return true;
            }
            catch (StoreUnavailableException)
            {
                return false;
            }
        }

        public async Task AssertNothingIsLostAsync()
        {
            foreach (var passed in _opened.GroupBy(passage => passage.Driver))
            {
                var timeline = await LoadAsync(passed.Key);
                Assert.All(passed, passage => Assert.NotNull(timeline.Find(passage.Scan)));
            }
        }

        /// <summary>Repeats the scan that a kill left unanswered, which is answered now.</summary>
        public async Task FinishAsync()
        {
            while (_unanswered is not null)
            {
                await TryMoveAsync();
            }
        }

        private async Task MoveAsync()
        {
            var (gate, scan) = _unanswered ??= Next();
            var answer = await world.AnswerAsync(gate, scan);
            Assert.Equal(_isInside ? ScanReason.Exited : ScanReason.Entered, answer.Reason);
            _opened.Add((Driver, new(new(gate), GateWorld.Journal, scan.Seq)));
            _unanswered = null;
            if (_isInside)
            {
                _trips++;
            }

            _isInside = !_isInside;
        }

        private (string Gate, ReportedScan Scan) Next()
        {
            var gate = $"large-{(_isInside ? "out" : "in")}-{lane}";
            return (gate, world.Shown(gate, world.Mint(Driver)));
        }

        private async Task<Timeline> LoadAsync(HolderId driver)
        {
            // The connection finds the server again by itself, a moment after it is back.
            while (true)
            {
                try
                {
                    return await world.TimelineAsync(driver);
                }
                catch (StoreUnavailableException)
                {
                    await Task.Yield();
                }
            }
        }
    }
}
