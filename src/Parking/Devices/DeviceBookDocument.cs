using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parking.Accounts;
using Parking.Codes;
using Parking.Codes.Devices;
using Parking.Ports;

namespace Parking.Devices;

/// <summary>
/// How a holder's devices are stored: JSON with a version. Times are milliseconds since 1970, those of certificates seconds; keys are the
/// base64url of x and y.
/// </summary>
public static class DeviceBookDocument
{
    private const int Version = 1;

    public static byte[] Write(DeviceBook book) => JsonSerializer.SerializeToUtf8Bytes(
        new StoredBook(Version, [.. book.All.Select(Stored)], book.IsClosed ? true : null), DeviceBookJsonContext.Default.StoredBook);

    /// <summary>Reads what <see cref="Write"/> wrote. Empty content is an empty book.</summary>
    /// <exception cref="InvalidDataException">The content is damaged, or of another version.</exception>
    public static DeviceBook Read(ReadOnlyMemory<byte> content)
    {
        if (content.IsEmpty)
        {
            return DeviceBook.Empty;
        }

        try
        {
            var stored = JsonSerializer.Deserialize(content.Span, DeviceBookJsonContext.Default.StoredBook);
            return stored is { V: Version }
                && stored.Devices.All(device => device.N > 0 && (device.Link is null) != (device.Guest is null))
                && stored.Devices.DistinctBy(device => device.N).Count() == stored.Devices.Count
                ? stored.Closed == true ? DeviceBook.Closed : new DeviceBook(stored.Devices.Select(Read))
                : throw new InvalidDataException("The devices of a holder are stored in a form that this service does not know.");
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException("The stored devices of a holder are damaged.", e);
        }
    }

    private static StoredDevice Stored(Device device) => new(
        device.Number.Value,
        device.Link is { } link
            ? new(
                link.Key.Text,
                link.Name,
                At(link.LinkedAt),
                At(link.SignedInAt),
                At(link.UsedAt),
                link.Elsewhere.IsEmpty ? null : [.. link.Elsewhere.Select(one => new StoredPlace(one.Owner.ToString(), one.Number.Value))])
            : null,
        device.Guest is { } guest ? new(guest.Share.ToString(), guest.Member.ToString(), guest.Number.Value) : null,
        device.Issued.IsEmpty
            ? null
            : [.. device.Issued.Select(issued => new StoredCertificate(issued.Digest, issued.ExpiresAt.ToUnixTimeSeconds()))],
        device.Ended is { } end ? new(At(end.At), (int)end.Reason) : null);

    private static Device Read(StoredDevice stored) => new(
        new(stored.N),
        stored.Link is { } link
            ? new(DevicePoint.Parse(link.Key), link.Name, At(link.Linked), At(link.SignedIn), At(link.Used))
            {
                Elsewhere = [.. (link.Elsewhere ?? []).Select(one => (HolderId.Parse(one.Owner), new DeviceNumber(one.N)))],
            }
            : null,
        stored.Guest is { } guest ? new(ShareId.Parse(guest.Share), HolderId.Parse(guest.Member), new(guest.N)) : null)
    {
        Issued = [.. (stored.Issued ?? []).Select(one => new CertificateMark(one.Digest, Instant.FromUnixTimeSeconds(one.Until)))],
        Ended = stored.Ended is { } end
            ? new(
                At(end.At),
                // A reason of a later release is one for which nothing is accepted.
                Enum.IsDefined((DeviceEndReason)end.Why) ? (DeviceEndReason)end.Why : DeviceEndReason.Removed)
            : null,
    };

    private static long At(Instant time) => time.ToUnixTimeMilliseconds();

    private static Instant At(long milliseconds) => Instant.FromUnixTimeMilliseconds(milliseconds);
}

internal sealed record StoredBook(int V, IReadOnlyList<StoredDevice> Devices, bool? Closed = null);

/// <summary>A device: its number, and either how it was linked or whose it is.</summary>
internal sealed record StoredDevice(
    byte N,
    StoredLink? Link = null,
    StoredGuest? Guest = null,
    IReadOnlyList<StoredCertificate>? Issued = null,
    StoredEnd? Ended = null)
{
    public override string ToString() => "device";
}

internal sealed record StoredLink(
    string Key, string Name, long Linked, long SignedIn, long Used, IReadOnlyList<StoredPlace>? Elsewhere = null)
{
    public override string ToString() => "link of a device";
}

/// <summary>Where a device is a guest: the owner's holder id, and the device's number there.</summary>
internal sealed record StoredPlace(string Owner, byte N);

/// <summary>Whose device it is: the share's id, the member's holder id, and the device's number there.</summary>
internal sealed record StoredGuest(string Share, string Member, byte N);

/// <summary>A certificate: the beginning of the hash of its id, and the second at which it expires.</summary>
internal sealed record StoredCertificate(ulong Digest, long Until);

internal sealed record StoredEnd(long At, int Why);

/// <summary>Source-generated metadata.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StoredBook))]
internal sealed partial class DeviceBookJsonContext : JsonSerializerContext;
