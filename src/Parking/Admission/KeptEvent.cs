using System.Formats.Cbor;
using Parking.GateProtocol;

namespace Parking.Admission;

/// <summary>
/// What is kept of an answered event: of a scan its <see cref="StoredAnswer"/>, of what could not be understood why (CBOR text), of anything else nothing.
/// </summary>
internal static class KeptEvent
{
    private const byte ArrayType = 4;
    private const byte TextType = 3;

    public static byte[] Recorded => [];

    public static byte[] Unreadable(string why)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteTextString(why);
        return writer.Encode();
    }

    /// <summary>Whether it is a scan's.</summary>
    public static bool IsScan(ReadOnlyMemory<byte> kept) => !kept.IsEmpty && kept.Span[0] >> 5 == ArrayType;

    /// <summary>What is said of an event that is no scan.</summary>
    public static EventResult Describe(ReadOnlyMemory<byte> kept, long acknowledgedThrough) => !kept.IsEmpty && kept.Span[0] >> 5 == TextType
        ? new(EventOutcome.Unreadable, acknowledgedThrough, Error: new CborReader(kept).ReadTextString())
        : new(EventOutcome.Recorded, acknowledgedThrough);
}
