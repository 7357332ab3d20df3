namespace Parking.Tests;

/// <summary>Files that are kept beside the tests: samples that freeze a format, and pages that a person has looked at.</summary>
internal static class SampleFile
{
    /// <summary>The path of a kept file.</summary>
    /// <param name="name">Its path in the test project, such as <c>Samples/trace.ndjson</c>. The project copies it to its output.</param>
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, name);

    /// <summary>
    /// The text must have exactly the bytes of the kept file. If it does not, this method writes it to the temporary folder. Look at it,
    /// and replace the kept file if the change is intended. A sample of a stored or sent format never changes: see docs/formats.md.
    /// </summary>
    public static void Check(string name, string text) => Check(name, System.Text.Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Check(string, string)"/>
    public static void Check(string name, byte[] written)
    {
        var kept = PathOf(name);
        if (!File.Exists(kept) || !written.AsSpan().SequenceEqual(File.ReadAllBytes(kept)))
        {
            var found = Path.Combine(Directory.CreateTempSubdirectory("parking-sample-").FullName, Path.GetFileName(name));
            File.WriteAllBytes(found, written);
            Assert.Fail($"{name} is not as it was. What it is now: {found}");
        }
    }
}
