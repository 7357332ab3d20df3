using NodaTime;
using Parking.Codes;

namespace Parking.Simulation.Phones;

/// <summary>Makes codes that are right in everything but the key they are signed with.</summary>
/// <param name="seed">Settles whom they pretend to be of.</param>
internal sealed class CodeForger(long seed)
{
    private readonly SigningKey _key = SigningKey.Create();

    /// <summary>A code as the service would make it, signed with the forger's own key.</summary>
    public string Forge(Instant now) =>
        new CodeMinter(KeyRing.Found(_key, now)).Mint(new HolderId(unchecked((ulong)seed)), VehicleSlot.None, now).Text;
}

/// <summary>Damages a code as a wrong reading would.</summary>
internal static class CodeDamage
{
    /// <summary>Base45's alphabet (RFC 9285, table 1), by value.</summary>
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    /// <summary>
    /// Changes one character of the signature, so that everything else of the code stays right: the text is still Base45 and the bytes are
    /// still a code's. The lowest digit of the last group is changed by one, which keeps the group within its range.
    /// </summary>
    /// <param name="code">A code.</param>
    public static string ChangeSignature(string code)
    {
        // Groups of three characters are two bytes; two characters at the end are one. The first character of a group counts least.
        var rest = (code.Length - CodeFormat.Prefix.Length) % 3;
        var place = code.Length - (rest == 0 ? 3 : rest);
        var digit = Alphabet.IndexOf(code[place], StringComparison.Ordinal);
        return $"{code[..place]}{Alphabet[digit == 0 ? 1 : digit - 1]}{code[(place + 1)..]}";
    }
}
