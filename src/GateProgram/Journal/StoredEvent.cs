using System.Text.Json;
using Parking.GateProtocol;

namespace Parking.GateProgram.Journal;

/// <summary>An event as it is sent.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="Json">Its JSON in UTF-8: the bytes that were written, but for a scan's receipt and local decision, which came later.</param>
internal readonly record struct StoredEvent(long Seq, ReadOnlyMemory<byte> Json)
{
    /// <summary>Whether it is a scan whose code was wiped and that has no receipt.</summary>
    public bool IsEmptied => Json.Span.IndexOf("\"code\":\"\""u8) >= 0 && Deserialize() is ReportedScan { Code: "" };

    public static byte[] Serialize(ReportedEvent reported) => JsonSerializer.SerializeToUtf8Bytes(reported, GateProtocolJson.Options);

    public static ReportedEvent Deserialize(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<ReportedEvent>(json, GateProtocolJson.Options) ?? throw new JsonException("An event is never null.");

    public ReportedEvent Deserialize() => Deserialize(Json.Span);
}
