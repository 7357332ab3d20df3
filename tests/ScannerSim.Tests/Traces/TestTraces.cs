using System.Text;
using System.Text.Json;
using NodaTime;
using Parking.Simulation.Traces;
using Parking.Simulation.Traces.Generating;

namespace Parking.ScannerSim.Tests.Traces;

/// <summary>Reads and writes traces in memory.</summary>
internal static class TestTraces
{
    public const string City =
        """{"timeZone":"Asia/Shanghai","districts":[""" +
        """{"id":"d","name":{"zh":"区","en":"D"}}],"facilities":[""" +
        """{"id":"f","district":"d","name":{"zh":"场","en":"F"},"capacity":5,"gates":[""" +
        """{"id":"in","direction":"entry"},{"id":"out","direction":"exit"}]}]}""";

    public const string Header = $$"""{"trace":2,"source":"a test","starts":"2026-05-04T00:00:00Z","city":{{City}}}""";

    public static readonly Instant Starts = Instant.FromUtc(2026, 5, 4, 0, 0);

    public static TraceHeader CreateHeader() => new()
    {
        Source = "a test",
        Starts = Starts,
        City = new TraceCity(JsonSerializer.Deserialize<JsonElement>(City), new Dictionary<string, JsonElement>()),
    };

    public static async Task<(TraceHeader Header, List<TraceEvent> Events)> ReadAsync(byte[] content)
    {
        await using var reader = await TraceReader.OpenAsync(new MemoryStream(content), TestContext.Current.CancellationToken);
        var events = new List<TraceEvent>();
        await foreach (var next in reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            events.Add(next);
        }
        return (reader.Header, events);
    }

    public static Task<(TraceHeader Header, List<TraceEvent> Events)> ReadAsync(params string[] lines) =>
        ReadAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    public static byte[] Write(TraceHeader header, IEnumerable<TraceEvent> events)
    {
        using var stream = new MemoryStream();
        using (var writer = new TraceWriter(stream, header))
        {
            foreach (var next in events)
            {
                writer.Write(next);
            }
        }
        return stream.ToArray();
    }

    public static byte[] Generate(GenerateOptions options, CityProfile? profile = null)
    {
        using var stream = new MemoryStream();
        TraceGenerator.Generate(
            options,
            profile ?? CityProfile.LoadDefault(),
            stream,
            new Progress<double>(),
            TestContext.Current.CancellationToken);
        return stream.ToArray();
    }
}
