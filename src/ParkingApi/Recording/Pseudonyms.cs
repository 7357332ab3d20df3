using System.Buffers.Binary;
using System.Security.Cryptography;
using Parking.Codes;
using Parking.Events;

namespace Parking.Api.Recording;

/// <summary>
/// Pseudonyms of the people, vehicles and codes in one recording: the first 64 bits of an HMAC-SHA-256 under a key that exists only while
/// the recording runs. They are equal within a recording, and cannot be linked to another recording or to a person.
/// </summary>
internal sealed class Pseudonyms
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string OfDriver(HolderId holder) => Of('d', holder, default);

    /// <param name="holder">The holder of the vehicle.</param>
    /// <param name="vehicle">A slot that names a vehicle.</param>
    public string OfVehicle(HolderId holder, VehicleSlot vehicle) => Of('v', holder, vehicle);

    public string OfCode(CodeId code) => Of('c', System.Text.Encoding.ASCII.GetBytes(code.ToString()));

    /// <param name="digest">The <see cref="GateEventId.Digest"/> of the stay's first event.</param>
    public string OfStay(ulong digest)
    {
        Span<byte> content = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(content, digest);
        return Of('s', content);
    }

    private string Of(char kind, HolderId holder, VehicleSlot vehicle)
    {
        Span<byte> content = stackalloc byte[sizeof(ulong) + 1];
        BinaryPrimitives.WriteUInt64BigEndian(content, holder.Value);
        content[^1] = vehicle.Value;
        return Of(kind, content);
    }

    private string Of(char kind, ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, [(byte)kind, .. content], hash);
        return kind + Convert.ToHexStringLower(hash[..sizeof(ulong)]);
    }
}
