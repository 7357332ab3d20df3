using Parking.Codes;
using Parking.Events;
using Parking.Stays;

namespace Parking.BackOffice.Archive;

/// <summary>The public names of archived stays: made anew from their rows each time, and stored nowhere.</summary>
internal static class ArchivedNames
{
    /// <summary>The name of a stay, of the columns of <c>stays</c>.</summary>
    public static CodeId NameOf(this StayNames names, long holder, long vehicle, byte[] first) =>
        names.NameOf(new(unchecked((ulong)holder)), new VehicleSlot((byte)vehicle), EventIdBytes.Read(first));
}
