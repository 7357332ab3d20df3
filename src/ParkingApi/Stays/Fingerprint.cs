using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parking.GateProtocol;

namespace Parking.Api.Stays;

/// <summary>
/// Tells two contents under one event identity apart: the first 64 bits of a SHA-256 over what the gate sent. It guards
/// against a gate that reuses a number, not against an attacker (who would need the gate's key); it does not reveal the code.
/// </summary>
internal readonly record struct Fingerprint(ulong Value)
{
    public static Fingerprint Of(ScanRequest scan)
    {
        var content = string.Create(CultureInfo.InvariantCulture, $"scan\n{scan.DeviceTime.ToUnixTimeTicks()}\n{scan.Code}");
        return new(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(content))));
    }
}
