using System.Text.Json;

namespace Parking.ScannerSim.Tests.Load;

public class LoadEndTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The test checks no durations, because they depend on the machine.</summary>
    [Fact]
    public async Task Load_SmallCity_EveryDecisionIsTheExpectedOneAndEveryEventAcknowledged()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await using var simulator = SimulatorProcess.Start(
                [
                    "load", "--gates", "20", "--rate", "20", "--seconds", "3", "--warm-up", "1", "--store", "embedded", "--sync",
                    "--screens", "2", "--json", path,
                ]);

            var code = await simulator.WaitForExitAsync(Cancellation);

            Assert.True(code == ExitCodes.Good, simulator.Output);
            Assert.DoesNotMatch("SP[12]:", simulator.Output);
            using var result = JsonDocument.Parse(await File.ReadAllBytesAsync(path, Cancellation));
            var root = result.RootElement;
            Assert.Equal(
                (20, 0, 0, 0, 0),
                (Number("gates"), Number("alone"), Number("refused"), Number("unexpected"), Number("unacknowledged")));
            Assert.InRange(Number("taps"), 30, 90);
            Assert.Equal(2, Number("screens"));
            Assert.True(root.GetProperty("messagesPerScreen").GetDouble() > 0, "The screens have heard nothing.");
            Assert.Equal(Number("taps"), root.GetProperty("tapToOpen").GetProperty("count").GetInt32());

            int Number(string name) => root.GetProperty(name).GetInt32();
        }
        finally
        {
            File.Delete(path);
        }
    }
}
