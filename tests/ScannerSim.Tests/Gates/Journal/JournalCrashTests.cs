using System.Globalization;
using Parking.GateProgram.Journal;

namespace Parking.ScannerSim.Tests.Gates.Journal;

public class JournalCrashTests
{
    /// <summary>
    /// Runs many journals and crashes each of them forty times: at any write, flush or change of a file name, and while the journal is
    /// opened again. Writes that were not flushed may or may not be on the disk.
    /// </summary>
    [Theory]
    [MemberData(nameof(Numbers))]
    public void Journal_KilledAtAnyOperation_HasAllThatWasAppendedAndNoCodeThatWasWiped(int number)
    {
        var random = RunSeed.RandomFor($"journal {number}");
        var folder = new CrashingFolder(random);
        var model = new JournalModel(random);
        for (var kill = 0; kill < 40; kill++)
        {
            folder.OperationsLeft = random.Next(60);
            try
            {
                using var journal = Open(folder, number);
                model.Check(journal, folder);
                while (true)
                {
                    model.Step(journal, folder);
                }
            }
            catch (PowerFailure)
            {
                folder.Crash();
            }
        }

        using var last = Open(folder, number);
        model.Check(last, folder);
        Assert.True(last.LastSeq > 40, "too few events for a test");
    }

    public static TheoryData<int> Numbers() => [.. Enumerable.Range(1, Depth.Lives)];

    private static GateJournal Open(CrashingFolder folder, int number) =>
        GateJournal.Open(folder, () => number.ToString("x16", CultureInfo.InvariantCulture));
}
