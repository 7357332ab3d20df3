using System.Formats.Cbor;
using System.Security.Cryptography;
using NodaTime;
using Parking.Events;
using Parking.Timelines;

namespace Parking.BackOffice.Archive;

/// <summary>
/// The hash of what a revision of a stay is made for: its times, terms and state, payments, and what was displayed. What can be derived
/// from these, such as the price, is not part of it, so that a tariff's file that changes later amends nothing.
/// </summary>
/// <remarks>SHA-256 of CBOR (RFC 8949, canonical). Its first element is the version. Times are milliseconds since 1970.</remarks>
internal static class StayFacts
{
    private const int Version = 1;

    /// <summary>The hash of a stay as it follows from its timeline, without the doubt that depends on the city file.</summary>
    public static byte[] HashOf(Stay stay, DisplayedFee? displayed)
    {
        var writer = Begin(stay.Id, 15);
        writer.WriteTextString(stay.Facility.Value);
        writer.WriteInt32(stay.Vehicle.Value);
        Write(writer, stay.EnteredAt);
        Write(writer, stay.EarliestEntry);
        Write(writer, stay.EndedBy);
        Write(writer, stay.EndedAt);
        Write(writer, stay.LatestExit);
        writer.WriteInt32((int)stay.Ending);
        writer.WriteInt32((int)stay.State);
        writer.WriteInt32((int)stay.Doubts);
        if (stay.Terms is { } terms)
        {
            writer.WriteStartArray(4);
            writer.WriteInt32(terms.TariffVersion);
            writer.WriteInt32((int)terms.VehicleClass);
            writer.WriteInt32(terms.OccupancyPercent);
            writer.WriteTextString(terms.Entitlements.Text);
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteNull();
        }

        if (displayed is { } fee)
        {
            writer.WriteStartArray(2);
            writer.WriteInt64(fee.Total);
            writer.WriteTextString(fee.Currency);
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteNull();
        }

        // No payment is an event yet.
        writer.WriteStartArray(0);
        writer.WriteEndArray();
        return End(writer);
    }

    /// <summary>The hash of a stay that turned out to be part of another, or did not happen.</summary>
    /// <param name="first">Its first event.</param>
    /// <param name="supersededBy">The first event of the stay of which it is a part; null if it did not happen.</param>
    public static byte[] HashOfGone(GateEventId first, GateEventId? supersededBy)
    {
        var writer = Begin(first, 4);
        writer.WriteInt32((int)(supersededBy is null ? StayState.Withdrawn : StayState.Superseded));
        Write(writer, supersededBy);
        return End(writer);
    }

    private static CborWriter Begin(GateEventId first, int elements)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(elements);
        writer.WriteInt32(Version);
        writer.WriteTextString(first.ToString());
        return writer;
    }

    private static byte[] End(CborWriter writer)
    {
        writer.WriteEndArray();
        return SHA256.HashData(writer.Encode());
    }

    private static void Write(CborWriter writer, Instant? at)
    {
        if (at is { } known)
        {
            writer.WriteInt64(known.ToUnixTimeMilliseconds());
        }
        else
        {
            writer.WriteNull();
        }
    }

    private static void Write(CborWriter writer, GateEventId? id)
    {
        if (id is { } known)
        {
            writer.WriteTextString(known.ToString());
        }
        else
        {
            writer.WriteNull();
        }
    }
}
