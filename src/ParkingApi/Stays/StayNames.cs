using System.Security.Cryptography;
using System.Text;
using Parking.Codes;

namespace Parking.Api.Stays;

/// <summary>
/// A stay's public name: holder and vehicle, sealed like a code's identity but with the hash of the stay's first event in place
/// of random bytes. It leads back to the timeline without an index, and nobody without the key can link two names of one person.
/// </summary>
/// <param name="seal">Its key must stay the same for as long as names are to be understood.</param>
internal sealed class StayNames(CodeSeal seal)
{
    /// <summary>The name of the stay that begins with <paramref name="first"/>.</summary>
    public CodeId NameOf(HolderId holder, VehicleSlot vehicle, GateEventId first) => seal.Seal(holder, vehicle, Digest(first));

    /// <summary>The name of a stay of <paramref name="holder"/>.</summary>
    public CodeId NameOf(HolderId holder, Stay stay) => NameOf(holder, stay.Vehicle, stay.Id);

    /// <summary>Whose stay a name would be. Any name opens to some holder: whether there is such a stay, the timeline tells.</summary>
    public HolderId HolderOf(CodeId name) => seal.Open(name).Holder;

    private static byte[] Digest(GateEventId id) => SHA256.HashData(Encoding.UTF8.GetBytes(id.ToString()))[..CodeSeal.RandomSize];
}
