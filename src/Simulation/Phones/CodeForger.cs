using NodaTime;
using Parking.Codes;
using Parking.Codes.Devices;

namespace Parking.Simulation.Phones;

/// <summary>Creates codes that are correct except for the key that signs them.</summary>
/// <param name="seed">Determines the holders named in the codes.</param>
internal sealed class CodeForger(long seed)
{
    private readonly SigningKey _key = SigningKey.Create(), _certificateKey = SigningKey.Create();
    private readonly LocalCodeSigner _phone = LocalCodeSigner.Create();

    private HolderId Holder => new(unchecked((ulong)seed));

    /// <summary>A code as the service would issue it, but signed with the forger's key.</summary>
    public string Forge(Instant now) => new CodeMinter(KeyRing.Found(_key, now)).Mint(Holder, VehicleSlot.None, now).Text;

    /// <summary>A code as a phone would make it, but with a certificate that the forger's key has signed.</summary>
    public string ForgeOfDevice(Instant now)
    {
        var issuer = new CertificateIssuer(KeyRing.Found(_key, now, certificateKey: _certificateKey));
        var holder = new SealedHolder(Holder, VehicleSlot.None) { Device = new DeviceNumber(1) };
        return new DeviceCodeMinter(_phone, issuer.Issue(holder, _phone.PublicKey, now, CertificateFormat.LongestLife)).Mint(now).Text;
    }
}

/// <summary>Damages a code as a reading error would.</summary>
internal static class CodeDamage
{
    /// <summary>Base45's alphabet (RFC 9285, table 1), by value.</summary>
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    /// <summary>
    /// Changes one character of the signature. The rest of the code stays correct: the text is still Base45 and decodes to the bytes of a
    /// code. The lowest digit of the last group changes by one, which keeps the group in its range.
    /// </summary>
    /// <param name="code">The code to damage.</param>
    public static string ChangeSignature(string code)
    {
        // Three characters encode two bytes; two characters at the end encode one. The first character of a group is its lowest digit.
        var rest = (code.Length - CodeFormat.Prefix.Length) % 3;
        var place = code.Length - (rest == 0 ? 3 : rest);
        var digit = Alphabet.IndexOf(code[place], StringComparison.Ordinal);
        return $"{code[..place]}{Alphabet[digit == 0 ? 1 : digit - 1]}{code[(place + 1)..]}";
    }
}
