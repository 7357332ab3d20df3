using System.Collections.Immutable;
using NodaTime;
using Parking.Codes.Devices;

namespace Parking.Devices;

/// <summary>The devices that make codes for the vehicles of a holder. Immutable and pure.</summary>
/// <remarks>
/// A device that has ended stays until whatever it was given has expired, here or with others, so that no other device gets its number
/// before that, and ending it can be repeated.
/// </remarks>
public sealed class DeviceBook
{
    /// <summary>How many devices a holder can link; one more retires the longest unused.</summary>
    public const int MaxLinked = 5;

    /// <summary>How many devices can be admitted for one share, counting those that have ended.</summary>
    public const int MaxGuests = 5;

    /// <summary>
    /// The largest number of certificates that have not expired, for all devices that a holder has linked together, and for all of one
    /// share together; also of those that have ended. All of them may come on a list that every gate keeps.
    /// </summary>
    public const int MaxCertificates = 512;

    /// <summary>The longest life of a certificate.</summary>
    private static readonly Duration LongestLife = Duration.FromDays(7);

    /// <summary>For how long after its expiry a certificate is still counted: gates' clocks may be behind.</summary>
    private static readonly Duration Afterwards = Duration.FromHours(1);

    public static readonly DeviceBook Empty = new([]);

    /// <summary>The devices of a holder that was erased: none, and none can be added.</summary>
    public static readonly DeviceBook Closed = new([]) { IsClosed = true };

    public DeviceBook(IEnumerable<Device> devices) => All = [.. devices.OrderBy(device => device.Number.Value)];

    /// <summary>All devices, including those that have ended, in the order of their numbers.</summary>
    public ImmutableArray<Device> All { get; }

    /// <summary>Whether this is <see cref="Closed"/>.</summary>
    public bool IsClosed { get; private init; }

    /// <summary>The devices that the holder has linked and that have not ended.</summary>
    public IEnumerable<Device> Linked => All.Where(device => device is { Link: not null, Ended: null });

    /// <summary>Those that the holder has linked and not removed: a retired one may be lost, and can still be removed.</summary>
    public IEnumerable<Device> Listed =>
        All.Where(device => device is { Link: not null, Ended: null or { Reason: DeviceEndReason.Retired } });

    /// <summary>The device with this number, whether it has ended or not; null if there is none.</summary>
    public Device? Find(DeviceNumber number) => All.FirstOrDefault(device => device.Number == number);

    /// <summary>The device that was given a certificate; null if none has noted it.</summary>
    /// <param name="digest">See <see cref="CertificateId.Digest"/>.</param>
    public Device? FindGiven(ulong digest) => All.FirstOrDefault(device => device.Issued.Any(issued => issued.Digest == digest));

    /// <summary>
    /// The book with a device of the holder. A device with this key that is linked stays what it is, with the new name and sign-in, so that
    /// linking can be repeated. Otherwise the longest unused is retired if there are <see cref="MaxLinked"/>.
    /// </summary>
    /// <returns>The book, the device, and the one that was retired for it; null if no number is free.</returns>
    public (DeviceBook Book, Device Device, Device? Retired)? Link(DevicePoint key, string name, Instant now)
    {
        if (Linked.FirstOrDefault(device => device.Link!.Key == key) is { } known)
        {
            var again = known with { Link = known.Link! with { Name = name, SignedInAt = now, UsedAt = now } };
            return (With(again), again, null);
        }

        var oldest = Linked.Count() >= MaxLinked ? Linked.MinBy(device => device.Link!.UsedAt) : null;
        var book = oldest is null ? this : End(oldest.Number, DeviceEndReason.Retired, now);
        if (book.FreeNumber(now) is not { } number)
        {
            return null;
        }

        var (added, device) = book.Add(new Device(number, new DeviceLink(key, name, now, now, now)), now);
        return (added, device, oldest);
    }

    /// <summary>The book with a device of a member who shares a vehicle: the one that is there, or a new one.</summary>
    /// <returns>Null if no number is free, or the share has <see cref="MaxGuests"/>.</returns>
    public (DeviceBook Book, Device Device)? Admit(GuestDevice guest, Instant now) =>
        All.FirstOrDefault(device => device.Guest == guest && device.Ended is null) is { } known ? (this, known)
        : WithoutWhatIsOld(now).All.Count(device => device.Guest?.Share == guest.Share) >= MaxGuests ? null
        : FreeNumber(now) is { } number ? Add(new Device(number, Link: null, guest), now)
        : null;

    /// <summary>Whether a device may be given so many more certificates: see <see cref="MaxCertificates"/>.</summary>
    public bool HasRoom(Device device, int count, Instant now) => count + WithoutWhatIsOld(now).All
        .Where(other => other.Guest?.Share == device.Guest?.Share).Sum(other => other.Issued.Length) <= MaxCertificates;

    /// <summary>
    /// The book in which a device has ended; the same book if it has already, or is not there. One that was only retired can still end for
    /// another reason. Of one that was removed, only what its certificates need is kept.
    /// </summary>
    public DeviceBook End(DeviceNumber number, DeviceEndReason reason, Instant now)
    {
        if (Find(number) is not { } device || (device.Ended is { } end && (end.Reason != DeviceEndReason.Retired || reason == end.Reason)))
        {
            return this;
        }

        var link = reason == DeviceEndReason.Retired || device.Link is null ? device.Link : device.Link with { Name = "" };
        return With(device with { Link = link, Ended = new(now, reason) });
    }

    /// <summary>The book with a changed device in place of the one with its number.</summary>
    public DeviceBook With(Device changed) => new(All.Select(device => device.Number == changed.Number ? changed : device));

    /// <summary>The book without certificates that have expired, and without ended devices that have none left.</summary>
    public DeviceBook WithoutWhatIsOld(Instant now) => IsClosed ? this : new(
        All.Select(device => device with { Issued = [.. device.Issued.Where(issued => issued.ExpiresAt + Afterwards > now)] })
            .Where(device => device.Ended is not { } end || device.Issued.Length > 0
                || (device.Link is { Elsewhere.Length: > 0 } && end.At + LongestLife + Afterwards > now)));

    private (DeviceBook Book, Device Device) Add(Device device, Instant now) => (new(WithoutWhatIsOld(now).All.Add(device)), device);

    private DeviceNumber? FreeNumber(Instant now)
    {
        var taken = WithoutWhatIsOld(now).All.Select(device => device.Number.Value).ToHashSet();
        return Enumerable.Range(1, byte.MaxValue).Where(number => !IsClosed && !taken.Contains((byte)number))
            .Select(number => (DeviceNumber?)new DeviceNumber((byte)number)).FirstOrDefault();
    }
}
