using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.ScannerSim.Tests.Gates.FakeService;

namespace Parking.ScannerSim.Tests.Gates;

public sealed class GateLinkTests : IDisposable
{
    private readonly GateBench _bench = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Show_Answered_DoesWhatIsAnsweredAndTakesAlongWhatIsNotAcknowledged()
    {
        using var gate = await _bench.OpenKnowingAsync();
        await _bench.DriveAsync(gate, _bench.Mint());
        var asked = _bench.Service.Requests.Count;

        var showing = await gate.ShowAsync(_bench.Mint(), Cancellation);

        Assert.Equal((ScanReason.Entered, GateState.Open, false), (showing!.Reason, gate.State, showing.IsLocal));
        Assert.Equal(asked + 1, _bench.Service.Requests.Count);
        Assert.Equal([1, 2, 3, 4], _bench.Known(gate.Journal).Select(one => one.Seq));
        Assert.Equal([$"Gate {GateBench.Key}"], _bench.Service.Authorizations);
    }

    /// <summary>A reason, an outcome, a state of the facility or a member of a later service never changes what the gate does.</summary>
    [Fact]
    public async Task Show_AnsweredWithWordsThatTheGateDoesNotKnow_GoesByTheDecision()
    {
        _bench.Settings = _bench.Settings with { Direction = GateDirection.Exit };
        _bench.Service.Later = json => json
            .Replace("\"entered\"", "\"entered_as_resident\"", StringComparison.Ordinal)
            .Replace("\"code_used\"", "{\"word\":\"code_used_elsewhere\"}", StringComparison.Ordinal)
            .Replace("\"recorded\"", "\"kept\"", StringComparison.Ordinal)
            .Replace("\"state\":\"open\"", "\"state\":\"nearly_full\",\"later\":1", StringComparison.Ordinal);
        using var gate = await _bench.OpenKnowingAsync();
        var code = _bench.Mint();

        var opened = await _bench.DriveAsync(gate, code);
        var refused = await _bench.DriveAsync(gate, code);
        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(30));

        Assert.Equal((true, false, GateDecision.Open), (opened.IsOpen, opened.IsLocal, opened.Decision));
        Assert.Equal((false, false, GateDecision.Refuse), (refused.IsOpen, refused.IsLocal, refused.Decision));
        Assert.Equal(("Welcome", "Sorry"), (opened.Display.En, refused.Display.En));
        Assert.Equal(gate.LastSeq, gate.AcknowledgedThrough);
        Assert.Empty(_bench.Reports);
    }

    [Theory]
    [InlineData(Trouble.Lost)]
    [InlineData(Trouble.AnswerLost)]
    [InlineData(Trouble.Hangs)]
    [InlineData(Trouble.Busy)]
    internal async Task Show_NoAnswerInTime_DecidesAloneAndTheServiceLearnsWhatHappened(Trouble trouble)
    {
        using var gate = await _bench.OpenKnowingAsync();
        _bench.Service.Meanwhile = () => _bench.Time.Advance(TimeSpan.FromMilliseconds(800));
        _bench.Service.Cable = _ => trouble;

        var showing = await _bench.DriveAsync(gate, _bench.Mint());
        _bench.Service.Cable = _ => Trouble.None;
        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(40));

        Assert.Equal((ScanReason.OpenedOffline, true), (showing.Reason, showing.IsLocal));
        GateBench.AssertWhole(_bench.Known(gate.Journal));
        Assert.Equal(gate.LastSeq, gate.AcknowledgedThrough);
        // If the service decided before its answer was lost, its decision remains, whatever the gate did in the meantime.
        var decided = _bench.Service.Books.Journals[gate.Journal][showing.Scan].Answer!.Reason;
        Assert.Equal(trouble is Trouble.AnswerLost or Trouble.Hangs ? ScanReason.Entered : ScanReason.OpenedOffline, decided);
        Assert.Equal([BarrierAct.Opened, BarrierAct.Passed], _bench.Known(gate.Journal).OfType<ReportedAct>().Select(act => act.Act));
    }

    [Fact]
    public async Task Upload_NoAnswer_WaitsLongerEachTimeAndAsLongAsItIsAsked()
    {
        using var gate = await _bench.OpenKnowingAsync();
        await gate.ReportInventoryAsync([], 3);
        var attempts = new List<DateTimeOffset>();
        _bench.Service.Cable = call =>
        {
            if (call != "events")
            {
                return Trouble.Lost;
            }
            attempts.Add(_bench.Time.GetUtcNow());
            return attempts.Count < 5 ? Trouble.Lost : Trouble.Busy;
        };

        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(30));

        // Three quarters of 0.5, 1, 2 and 4 s, then the delay that the service requests.
        var waits = attempts.Zip(attempts.Skip(1), (one, next) => (next - one).TotalSeconds).Take(6).ToList();
        Assert.Equal([0.375, 0.75, 1.5, 3, 7, 7], waits.Select(wait => Math.Round(wait, 3)));
    }

    [Fact]
    public async Task Service_LosesItsLastMoments_GetsThemAgainWithReceiptsAndNoCode()
    {
        using var gate = await _bench.OpenKnowingAsync();
        for (var i = 0; i < 30; i++)
        {
            await _bench.DriveAsync(gate, _bench.Mint());
            await _bench.WaitAsync(gate, TimeSpan.FromSeconds(6));
        }
        Assert.Equal(90, gate.AcknowledgedThrough);
        var before = _bench.Service.Books.Journals[gate.Journal].ToDictionary();
        var arrivals = _bench.Service.Books.Arrivals.Count;

        // The service still has events up to 80, but it also lost 79, because one part of the store was older than another.
        _bench.Service.Books.Restart(gate.Journal, seq => seq is > 80 or 79);
        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(30));

        Assert.Equal(90, gate.AcknowledgedThrough);
        Assert.Equal(before.Keys, _bench.Service.Books.Journals[gate.Journal].Keys);
        Assert.Equal(
            before.Values.Select(fact => fact.Answer),
            _bench.Service.Books.Journals[gate.Journal].Values.Select(fact => fact.Answer));
        var again = _bench.Service.Books.Arrivals.Skip(arrivals).Select(one => one.Event).ToList();
        Assert.Equal(again.Count, again.Select(one => one.Seq).Distinct().Count());
        // The gate sends again the last minute of events. One driver arrives every ten seconds.
        Assert.InRange(again[0].Seq, 67, 76);
        Assert.All(again.OfType<ReportedScan>(), scan => Assert.True(scan.Code is null && scan.DecisionToken is not null));
    }

    /// <summary>
    /// One shard of a cluster was restored from a copy: the prefix lies on another shard and did not fall. Only the service knows from when
    /// on to send again.
    /// </summary>
    [Theory]
    [InlineData(2)]
    [InlineData(30)]
    [InlineData(10_000)]
    public async Task Service_SaysFromWhenOn_GetsEverythingSinceThenAgain(int minutes)
    {
        using var gate = await _bench.OpenKnowingAsync();
        var written = new List<(long Seq, NodaTime.Instant At)>();
        for (var i = 0; i < 200; i++)
        {
            written.Add((gate.LastSeq + 1, _bench.Now));
            await _bench.DriveAsync(gate, _bench.Mint());
            await _bench.WaitAsync(gate, TimeSpan.FromSeconds(20));
        }
        var arrivals = _bench.Service.Books.Arrivals.Count;
        var from = _bench.Now - NodaTime.Duration.FromMinutes(minutes);

        _bench.Service.Books.Restart(gate.Journal, _ => false);
        _bench.Service.Books.ResendFrom = from;
        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(30));

        var again = _bench.Service.Books.Arrivals.Skip(arrivals).Select(one => one.Event.Seq).ToList();
        Assert.Equal(Enumerable.Range((int)again[0], 601 - (int)again[0]).Select(seq => (long)seq), again);
        Assert.InRange(again[0], minutes == 2 ? 580 : 1, written.First(one => one.At >= from).Seq);
        Assert.Equal((600, 600), (gate.LastSeq, gate.AcknowledgedThrough));
        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(20));
        Assert.Equal(_bench.Service.Books.Epoch, _bench.Service.Books.ToldEpoch);
    }

    [Fact]
    public async Task Service_LosesADay_GetsItFromTheArchive()
    {
        using var gate = await _bench.OpenKnowingAsync();
        for (var i = 0; i < 300; i++)
        {
            await _bench.DriveAsync(gate, _bench.Mint());
            await _bench.WaitAsync(gate, TimeSpan.FromSeconds(20));
        }

        _bench.Service.Books.Restart(gate.Journal, seq => seq > 5);
        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(30));

        GateBench.AssertWhole(_bench.Known(gate.Journal));
        Assert.Equal(900, _bench.Known(gate.Journal).Count);
    }

    [Fact]
    public async Task ServiceThatLostEverything_WaitsForNothingThatTheGateNoLongerHas()
    {
        using var gate = await _bench.OpenKnowingAsync();
        for (var day = 0; day < 4; day++)
        {
            await _bench.DriveAsync(gate, _bench.Mint());
            await _bench.WaitAsync(gate, TimeSpan.FromMinutes(2));
            _bench.Time.Advance(TimeSpan.FromDays(1));
        }
        await _bench.WaitAsync(gate, TimeSpan.FromMinutes(2));

        _bench.Service.Books.Restart(gate.Journal, _ => true);
        await _bench.WaitAsync(gate, TimeSpan.FromMinutes(2));
        await _bench.DriveAsync(gate, _bench.Mint());
        await _bench.WaitAsync(gate, TimeSpan.FromMinutes(2));

        var known = _bench.Known(gate.Journal);
        Assert.True(known[0].Seq > 1, "The gate still had all events.");
        Assert.Equal((gate.LastSeq, gate.LastSeq), (gate.AcknowledgedThrough, _bench.Service.Books.Prefix(gate.Journal)));
        Assert.Equal(gate.LastSeq - known[0].Seq + 1, known.Count);
    }

    [Fact]
    public async Task Service_KnowsTheJournalWithOtherContents_GateBeginsANewOneAndLosesNothing()
    {
        using var gate = await _bench.OpenKnowingAsync();
        await _bench.DriveAsync(gate, _bench.Mint());
        Assert.True(await gate.DrainAsync(Cancellation));
        var old = gate.Journal;
        // A copy of this disk has written other events to the same journal.
        _bench.Service.Books.Take(
            new EventUpload { Journal = old, Events = [new ReportedInventory { Seq = 4, DeviceTime = _bench.Now, Count = 7 }] },
            _bench.Now);

        var showing = await _bench.DriveAsync(gate, _bench.Mint());
        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(40));

        Assert.NotEqual(old, gate.Journal);
        Assert.Equal(ScanReason.OpenedOffline, showing.Reason);
        var known = _bench.Known(gate.Journal);
        GateBench.AssertWhole(known);
        Assert.Equal(ScanReason.OpenedOffline, known.OfType<ReportedScan>().Single().Local);
        Assert.Equal([BarrierAct.Opened, BarrierAct.Passed], known.OfType<ReportedAct>().Select(act => act.Act));
        Assert.Contains(_bench.Reports, report => report.Contains("two gates use the same disk", StringComparison.Ordinal));
        Assert.Equal(gate.LastSeq, gate.AcknowledgedThrough);
    }

    [Fact]
    public async Task Codes_AfterAcknowledgement_AreGoneFromTheDiskAndNeverReported()
    {
        using var gate = await _bench.OpenKnowingAsync();
        var code = _bench.Mint();
        await _bench.DriveAsync(gate, code);

        await _bench.WaitAsync(gate, TimeSpan.FromMinutes(3));

        Assert.DoesNotContain(
            _bench.Disk.Contents,
            file => System.Text.Encoding.Latin1.GetString(file.Bytes).Contains(code, StringComparison.Ordinal));
        Assert.DoesNotContain(
            _bench.Reports,
            report => report.Contains(code, StringComparison.Ordinal) || report.Contains(GateBench.Key, StringComparison.Ordinal));
    }
}
