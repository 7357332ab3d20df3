using System.Buffers.Binary;
using Parking.Codes;
using Parking.Events;
using Parking.Timelines;

namespace Parking.Stays;

/// <summary>
/// A stay's public name: holder and vehicle, sealed like a code's identity, but with the hash of the stay's first event in place of random
/// bytes. It leads back to the timeline without an index. Without the key, nobody can link two names of one person.
/// </summary>
/// <param name="seal">Its key must stay the same as long as names are to be understood.</param>
public sealed class StayNames(CodeSeal seal)
{
    /// <summary>The name of the stay that begins with <paramref name="first"/>.</summary>
    public CodeId NameOf(HolderId holder, VehicleSlot vehicle, GateEventId first)
    {
        Span<byte> digest = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(digest, first.Digest());
        return seal.Seal(holder, vehicle, digest[^CodeSeal.RandomSize..]);
    }

    /// <summary>The name of a stay of <paramref name="holder"/>.</summary>
    public CodeId NameOf(HolderId holder, Stay stay) => NameOf(holder, stay.Vehicle, stay.Id);

    /// <summary>
    /// The holder to whom a name would belong. Any name opens to some holder; only the timeline tells whether there is such a stay.
    /// </summary>
    public HolderId HolderOf(CodeId name) => seal.Open(name).Holder;

    /// <summary>The vehicle of that holder that the stay would be of.</summary>
    public VehicleSlot VehicleOf(CodeId name) => seal.Open(name).Vehicle;

    /// <summary>
    /// The holder, and the <see cref="GateEventId.Digest"/> of the first event, of the stay to which the name would belong.
    /// </summary>
    public (HolderId Holder, ulong Digest) Open(CodeId name)
    {
        Span<byte> digest = stackalloc byte[sizeof(ulong)];
        digest.Clear();
        var opened = seal.Open(name, digest[^CodeSeal.RandomSize..]);
        return (opened.Holder, BinaryPrimitives.ReadUInt64BigEndian(digest));
    }
}
