namespace Parking.Ports;

/// <summary>
/// What is stored in place of a citizen code: its HMAC-SHA-256 under a key of this service, as 64 lowercase hexadecimal
/// digits. A stolen store does not tell who parks where.
/// </summary>
public readonly record struct CitizenKey(string Hex)
{
    public override string ToString() => "citizen key";
}
