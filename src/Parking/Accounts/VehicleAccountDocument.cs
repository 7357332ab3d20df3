using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parking.Events;
using Parking.Tariffs;

namespace Parking.Accounts;

/// <summary>
/// How a vehicle account is stored: JSON with a version, one element a slot in the order of slots from 1, and the entitlements if there are
/// any.
/// </summary>
internal static class VehicleAccountDocument
{
    private const int Version = 1;

    public static byte[] Write(VehicleAccount account) => JsonSerializer.SerializeToUtf8Bytes(
        new StoredVehicles(
            Version,
            [.. account.All.Select(vehicle => new StoredVehicle(
                vehicle.Plate.Value,
                vehicle.Class,
                vehicle.IsListed,
                vehicle.Former.Count == 0
                    ? null
                    : [.. vehicle.Former.Select(former => new StoredPlate(former.Plate.Value, former.Until.ToUnixTimeMilliseconds()))]))],
            account.Entitlements == Entitlements.None ? null : account.Entitlements.Text),
        VehicleAccountJsonContext.Default.StoredVehicles);

    /// <summary>Reads what <see cref="Write"/> wrote. Empty content is an empty vehicle account.</summary>
    /// <exception cref="InvalidDataException">The content is damaged, or of another version.</exception>
    public static VehicleAccount Read(ReadOnlyMemory<byte> content)
    {
        if (content.IsEmpty)
        {
            return VehicleAccount.Empty;
        }

        try
        {
            var stored = JsonSerializer.Deserialize(content.Span, VehicleAccountJsonContext.Default.StoredVehicles);
            return stored is { V: Version } && stored.Slots.All(vehicle => Enum.IsDefined(vehicle.Class))
                ? new([.. stored.Slots.Select(Read)], Entitlements.Of(stored.Entitlements ?? ""))
                : throw new InvalidDataException("A vehicle account is stored in a version that this service does not know.");
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException("A stored vehicle account is damaged.", e);
        }
    }

    private static Vehicle Read(StoredVehicle vehicle, int index) =>
        new(new(checked((byte)(index + 1))), Plate.Parse(vehicle.Plate), vehicle.Class, vehicle.Listed)
        {
            Former = vehicle.Was is null ? [] : [.. vehicle.Was.Select(Read)],
        };

    private static FormerPlate Read(StoredPlate former) =>
        new(Plate.Parse(former.Plate), Instant.FromUnixTimeMilliseconds(former.Until));
}

internal sealed record StoredVehicles(int V, IReadOnlyList<StoredVehicle> Slots, string? Entitlements = null);

/// <summary>One slot.</summary>
/// <param name="Plate">The plate.</param>
/// <param name="Class">The class.</param>
/// <param name="Listed">Whether the holder still has it.</param>
/// <param name="Was">Its plates before corrections; null if there were none.</param>
internal sealed record StoredVehicle(string Plate, VehicleClass Class, bool Listed, IReadOnlyList<StoredPlate>? Was = null)
{
    public override string ToString() => "vehicle";
}

/// <summary>A plate before a correction, and when that was, in milliseconds since 1970.</summary>
internal sealed record StoredPlate(string Plate, long Until)
{
    public override string ToString() => "plate";
}

/// <summary>Source-generated metadata. Classes are stored by number.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StoredVehicles))]
internal sealed partial class VehicleAccountJsonContext : JsonSerializerContext;
