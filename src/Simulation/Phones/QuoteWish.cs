using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NodaTime;
using Parking.GateProgram;

namespace Parking.Simulation.Phones;

/// <summary>Asks what one stay costs: the first line names the facility, the second is the stay.</summary>
internal static class QuoteWish
{
    private const string MediaType = "application/x-ndjson";

    public static HttpContent Create(string facility, Instant enteredAt, Instant exitedAt)
    {
        var lines = new object[] { new { Facility = facility, Lines = true }, new { EnteredAt = enteredAt, ExitedAt = exitedAt } };
        var text = string.Concat(lines.Select(line => JsonSerializer.Serialize(line, ClientJson.Options) + "\n"));
        return new ByteArrayContent(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new MediaTypeHeaderValue(MediaType) } };
    }
}
