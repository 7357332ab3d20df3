using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Tariffs;

namespace Parking.Accounts;

/// <summary>
/// How a vehicle account is stored: JSON with a version, one element a slot in the order of slots from 1, the entitlements if there are
/// any, the vehicles that others share, and whether it was erased. Times are milliseconds since 1970.
/// </summary>
public static class VehicleAccountDocument
{
    private const int Version = 2;

    /// <summary>It said of a slot whether it is listed, and not when it was removed. A slot always had its plate.</summary>
    private const int VersionWithoutTimes = 1;

    public static byte[] Write(VehicleAccount account) => JsonSerializer.SerializeToUtf8Bytes(
        new StoredVehicles(
            Version,
            [.. account.All.Select(Stored)],
            account.Entitlements == Entitlements.None ? null : account.Entitlements.Text,
            ListOrNull(account.Shared, shared => new StoredPointer(shared.Owner.ToString(), shared.Slot.Value, shared.Share.ToString())),
            account.IsErased ? true : null),
        VehicleAccountJsonContext.Default.StoredVehicles);

    /// <summary>Reads what <see cref="Write"/> wrote, or version 1. Empty content is an empty vehicle account.</summary>
    /// <param name="content">The stored bytes.</param>
    /// <param name="now">Taken as the time at which vehicles were removed of which version 1 does not say when.</param>
    /// <exception cref="InvalidDataException">The content is damaged, or of another version.</exception>
    public static VehicleAccount Read(ReadOnlyMemory<byte> content, Instant now)
    {
        if (content.IsEmpty)
        {
            return VehicleAccount.Empty;
        }

        try
        {
            var stored = JsonSerializer.Deserialize(content.Span, VehicleAccountJsonContext.Default.StoredVehicles);
            return stored is { V: Version or VersionWithoutTimes } && stored.Slots.All(slot => IsSound(slot, stored.V))
                ? stored.Erased == true ? VehicleAccount.Erased : new(
                    stored.Slots.Select((slot, index) => Read(slot, new(checked((byte)(index + 1))), now)),
                    Entitlements.Of(stored.Entitlements ?? ""),
                    (stored.Shared ?? []).Select(Read))
                : throw new InvalidDataException("A vehicle account is stored in a form that this service does not know.");
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException("A stored vehicle account is damaged.", e);
        }
    }

    private static bool IsSound(StoredVehicle slot, int version) =>
        Enum.IsDefined(slot.Class)
        && (slot.Listed is null) == (version > VersionWithoutTimes)
        && (slot.Plate is not null || slot.Removed is not null);

    private static StoredVehicle Stored(Vehicle vehicle) => new(
        vehicle.Class,
        vehicle.Plate?.Value,
        Removed: vehicle.RemovedAt?.ToUnixTimeMilliseconds(),
        Was: ListOrNull(vehicle.Former, former => new StoredPlate(former.Plate.Value, former.Until.ToUnixTimeMilliseconds())),
        Invited: ListOrNull(
            vehicle.Invitations,
            invitation => new StoredInvitation(invitation.Id.ToString(), invitation.ExpiresAt.ToUnixTimeMilliseconds())),
        Members: ListOrNull(
            vehicle.Members,
            member => new StoredMember(member.Share.ToString(), member.Holder.ToString(), member.Since.ToUnixTimeMilliseconds())));

    private static Vehicle Read(StoredVehicle stored, VehicleSlot slot, Instant now) => new(
        slot,
        stored.Plate is { } plate ? Plate.Parse(plate) : null,
        stored.Class,
        stored.Removed is { } removed ? At(removed) : stored.Listed == false ? now : null)
    {
        Former = [.. (stored.Was ?? []).Select(former => new FormerPlate(Plate.Parse(former.Plate), At(former.Until)))],
        Invitations = [.. (stored.Invited ?? []).Select(invited => new ShareInvitation(ShareId.Parse(invited.Share), At(invited.Until)))],
        Members =
        [
            .. (stored.Members ?? [])
                .Select(member => new ShareMember(ShareId.Parse(member.Share), HolderId.Parse(member.Holder), At(member.Since))),
        ],
    };

    private static SharedVehicle Read(StoredPointer pointer) =>
        new(HolderId.Parse(pointer.Owner), new(pointer.Slot), ShareId.Parse(pointer.Share));

    private static Instant At(long milliseconds) => Instant.FromUnixTimeMilliseconds(milliseconds);

    private static List<TStored>? ListOrNull<T, TStored>(IReadOnlyList<T> items, Func<T, TStored> store) =>
        items.Count == 0 ? null : [.. items.Select(store)];
}

internal sealed record StoredVehicles(
    int V,
    IReadOnlyList<StoredVehicle> Slots,
    string? Entitlements = null,
    IReadOnlyList<StoredPointer>? Shared = null,
    bool? Erased = null);

/// <summary>One slot.</summary>
/// <param name="Class">The class.</param>
/// <param name="Plate">The plate; null if it is not kept any more.</param>
/// <param name="Listed">In version 1: whether the holder still has it. Null in version 2.</param>
/// <param name="Removed">In version 2: when it was removed; null if the holder still has it.</param>
/// <param name="Was">Its plates before corrections; null if there are none.</param>
/// <param name="Invited">Invitations to share it; null if there are none.</param>
/// <param name="Members">With whom it is shared; null if with nobody.</param>
internal sealed record StoredVehicle(
    VehicleClass Class,
    string? Plate = null,
    bool? Listed = null,
    long? Removed = null,
    IReadOnlyList<StoredPlate>? Was = null,
    IReadOnlyList<StoredInvitation>? Invited = null,
    IReadOnlyList<StoredMember>? Members = null)
{
    public override string ToString() => "vehicle";
}

/// <summary>A plate before a correction, and when that was.</summary>
internal sealed record StoredPlate(string Plate, long Until)
{
    public override string ToString() => "plate";
}

/// <summary>An invitation to share a vehicle: the id of the share that it becomes, and when it expires.</summary>
internal sealed record StoredInvitation(string Share, long Until);

/// <summary>With whom a vehicle is shared: the share's id, the holder's id, and since when.</summary>
internal sealed record StoredMember(string Share, string Holder, long Since);

/// <summary>A vehicle of somebody else: its owner's holder id, its slot with its owner, and the share's id.</summary>
internal sealed record StoredPointer(string Owner, byte Slot, string Share);

/// <summary>Source-generated metadata. Classes are stored by number.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StoredVehicles))]
internal sealed partial class VehicleAccountJsonContext : JsonSerializerContext;
