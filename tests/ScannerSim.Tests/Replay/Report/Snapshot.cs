namespace Parking.ScannerSim.Tests.Replay.Report;

/// <summary>Texts that are kept beside the tests, for a person to have looked at.</summary>
internal static class Snapshot
{
    /// <summary>The text must be the kept one. If it is not, it is left in the temporary folder: look at it, and put it in the other's place if it is better.</summary>
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
