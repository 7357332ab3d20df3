namespace Parking.ScannerSim.Tests.Replay.Report;

/// <summary>Texts that are kept beside the tests, for a person to have looked at.</summary>
internal static class Snapshot
{
    /// <summary>
    /// The text must equal the kept text. If it does not, this method writes it to the temporary folder. Look at it, and put it in the
    /// place of the kept text if it is better.
    /// </summary>
    public static void Check(string name, string text)
    {
        var kept = Path.Combine(AppContext.BaseDirectory, "Replay", "Report", name);
        var expected = File.Exists(kept) ? File.ReadAllText(kept) : "";
        if (text != expected)
        {
            var found = Path.Combine(Directory.CreateTempSubdirectory("parking-snapshot-").FullName, name);
            File.WriteAllText(found, text);
            Assert.Fail($"{name} is not as it was. What it is now: {found}");
        }
    }
}
