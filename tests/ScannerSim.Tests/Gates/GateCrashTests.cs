using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.ScannerSim.Tests.Gates.FakeService;
using Parking.ScannerSim.Tests.Gates.Journal;

namespace Parking.ScannerSim.Tests.Gates;

/// <summary>A gate loses power at any disk operation and at any request, many times. It must continue where it stopped each time.</summary>
public class GateCrashTests
{
    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task Gate_KilledAnywhere_NeverOpensWithoutARecordAndLosesAndDoublesNothing(int number)
    {
        using var bench = new GateBench(RunSeed.RandomFor($"gate {number}"));
        var opened = new List<long>();
        var shown = 0;
        for (var life = 0; life < 25; life++)
        {
            bench.Disk.OperationsLeft = bench.Random.Next(80);
            bench.Service.Cable = _ => bench.Random.Next(30) switch
            {
                0 => Trouble.PowerFailsBefore,
                1 => Trouble.PowerFailsAfter,
                2 => Trouble.Lost,
                3 => Trouble.AnswerLost,
                4 => Trouble.Busy,
                _ => Trouble.None,
            };
            try
            {
                using var gate = await bench.OpenAsync();
                while (true)
                {
                    if (gate.IsOpen)
                    {
                        await gate.MoveAsync(bench.Random.Next(4) == 0 ? VehicleMove.BackedOut : VehicleMove.Passed);
                    }
                    var showing = await gate.ShowAsync(
                        bench.Random.Next(4) == 0 ? $"poster {shown}" : bench.Mint(),
                        TestContext.Current.CancellationToken);
                    shown++;
                    if (showing!.IsOpen)
                    {
                        opened.Add(showing.Scan);
                    }
                    else
                    {
                        await gate.MoveAsync(VehicleMove.TurnedAway);
                    }
                    await bench.WaitAsync(gate, TimeSpan.FromSeconds(bench.Random.Next(40)));
                    if (bench.Random.Next(10) == 0 && gate.AcknowledgedThrough > 0)
                    {
                        var lost = bench.Service.Books.Prefix(gate.Journal) - bench.Random.Next(4);
                        bench.Service.Books.Restart(gate.Journal, seq => seq > lost);
                    }
                }
            }
            catch (PowerFailure)
            {
                bench.Disk.Crash();
            }
        }

        bench.Service.Cable = _ => Trouble.None;
        using var last = await bench.OpenAsync();
        if (last.IsOpen)
        {
            await last.MoveAsync(VehicleMove.Passed);
        }
        await bench.WaitAsync(last, TimeSpan.FromMinutes(2));

        Assert.Equal(last.LastSeq, last.AcknowledgedThrough);
        Assert.DoesNotContain(bench.Reports, report => report.Contains("different events under numbers", StringComparison.Ordinal));
        Assert.DoesNotContain(bench.Reports, report => report.Contains("journal was begun", StringComparison.Ordinal));
        var known = bench.Known(last.Journal);
        Assert.Equal(last.LastSeq, known.Count);
        GateBench.AssertWhole(known);
        Assert.True(opened.Count > 10, "too few openings for a test");
        Assert.All(opened, scan => Assert.Contains(known, one => one is ReportedAct { Act: BarrierAct.Opened } act && act.Scan == scan));
        var codes = bench.Service.Books.Arrivals
            .Select(one => one.Event).OfType<ReportedScan>()
            .Select(scan => scan.Code).OfType<string>().Where(code => code.Length > 50).Distinct();
        Assert.DoesNotContain(
            bench.Disk.Contents,
            file => codes.Any(code => System.Text.Encoding.Latin1.GetString(file.Bytes).Contains(code, StringComparison.Ordinal)));
    }

    public static TheoryData<int> Numbers() => [.. Enumerable.Range(1, Depth.Lives)];
}
