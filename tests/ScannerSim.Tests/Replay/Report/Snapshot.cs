namespace Parking.ScannerSim.Tests.Replay.Report;

/// <summary>Expected texts in files next to the tests. A person has checked them.</summary>
internal static class Snapshot
{
    /// <summary>
    /// The text must equal the expected text. If it differs, the new text is written to the temporary folder. If the new text is right,
    /// copy it over the expected text.
    /// </summary>
    public static void Check(string name, string text)
    {
        var kept = Path.Combine(AppContext.BaseDirectory, "Replay", "Report", name);
        var expected = File.Exists(kept) ? File.ReadAllText(kept) : "";
        if (text != expected)
        {
            var found = Path.Combine(Directory.CreateTempSubdirectory("parking-snapshot-").FullName, name);
            File.WriteAllText(found, text);
            Assert.Fail($"{name} has changed. The new text is in {found}");
        }
    }
}
