using System.Globalization;
using NodaTime;
using Parking.Codes;

namespace Parking.Accounts;

/// <summary>
/// Names a share of a vehicle from its invitation on: 128 bits of the invitation's hash. It opens nothing, and says nothing about people.
/// </summary>
public readonly record struct ShareId(UInt128 Value)
{
    private const int HexDigits = 32;

    /// <summary>Reads what <see cref="ToString"/> wrote. False if the text is anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ShareId id)
    {
        var isRead = UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            && text.Length == HexDigits;
        id = isRead ? new(value) : default;
        return isRead;
    }

    /// <summary>Reads a share's id as it was stored.</summary>
    /// <exception cref="FormatException">The text is not such an id.</exception>
    public static ShareId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("The id of a share is 32 hexadecimal digits.");

    /// <summary>32 lowercase hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}

/// <summary>An invitation to share a vehicle, which nobody has accepted yet. The invitation itself is kept nowhere.</summary>
/// <param name="Id">The hash of the invitation, and the id of the share that it becomes.</param>
/// <param name="ExpiresAt">From when on nobody can accept it.</param>
public sealed record ShareInvitation(ShareId Id, Instant ExpiresAt);

/// <summary>Somebody with whom a vehicle is shared.</summary>
/// <param name="Share">The share's id.</param>
/// <param name="Holder">Who it is.</param>
/// <param name="Since">When they accepted the invitation.</param>
public sealed record ShareMember(ShareId Share, HolderId Holder, Instant Since);

/// <summary>Where a member finds a vehicle that another holder shares. Only the owner's account tells whether the share stands.</summary>
/// <param name="Owner">Whose vehicle it is.</param>
/// <param name="Slot">The vehicle's slot with its owner.</param>
/// <param name="Share">The share's id.</param>
public sealed record SharedVehicle(HolderId Owner, VehicleSlot Slot, ShareId Share);
