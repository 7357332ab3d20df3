using System.Formats.Cbor;

namespace Parking.Codes.Tests;

/// <summary>Damages and forges codes at random: in their text, their bytes and their fields. It never signs.</summary>
internal sealed class CodeMutator(Random random, string[] codes)
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    private readonly HashSet<string> _codes = [.. codes];

    /// <summary>A text that is none of the codes.</summary>
    public string Next()
    {
        while (true)
        {
            var text = random.Next(3) switch
            {
                0 => MutateText(Pick()),
                1 => Samples.TextOf(MutateBytes(Samples.BytesOf(Pick()))),
                _ => Samples.TextOf(MutateFields(Samples.BytesOf(Pick()), Samples.BytesOf(Pick()))),
            };
            if (!_codes.Contains(text))
            {
                return text;
            }
        }
    }

    private string Pick() => codes[random.Next(codes.Length)];

    private string MutateText(string text)
    {
        var characters = text.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(characters.Count);
            switch (random.Next(9))
            {
                case 0:
                case 1:
                    characters[at] = Alphabet[random.Next(Alphabet.Length)];
                    break;
                case 2:
                    characters[at] = (char)random.Next(char.MaxValue + 1);
                    break;
                case 3:
                    characters.Insert(at, Alphabet[random.Next(Alphabet.Length)]);
                    break;
                case 4:
                    characters.RemoveAt(at);
                    break;
                case 5:
                    var other = random.Next(characters.Count);
                    (characters[at], characters[other]) = (characters[other], characters[at]);
                    break;
                case 6:
                    characters[at] = char.ToLowerInvariant(characters[at]);
                    break;
                case 7:
                    return new string([.. characters[..at]]);
                default:
                    return new string([.. characters[..at], .. Pick()[Math.Min(at, text.Length - 1)..]]);
            }
        }

        return new string([.. characters]);
    }

    private byte[] MutateBytes(byte[] original)
    {
        var bytes = original.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(8))
            {
                case 0:
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 3:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 4:
                    bytes.RemoveAt(at);
                    break;
                case 5:
                    var other = random.Next(bytes.Count);
                    (bytes[at], bytes[other]) = (bytes[other], bytes[at]);
                    break;
                case 6:
                    return [.. bytes[..at]];
                default:
                    return [.. bytes[..at], .. Samples.BytesOf(Pick()).AsSpan(Math.Min(at, original.Length))];
            }
        }

        return [.. bytes];
    }

    // The places of a code's fields: header 2 to 11, payload 14 to 45, signature 47 to 111.
    private byte[] MutateFields(byte[] one, byte[] two)
    {
        var (header, payload, signature) = (one[2..11], one[14..45], one[47..]);
        switch (random.Next(10))
        {
            case 0:
                return CodeForge.Assemble(header, two[14..45], signature);
            case 1:
                return CodeForge.Assemble(two[2..11], payload, two[47..]);
            case 2:
                random.NextBytes(signature);
                return CodeForge.Assemble(header, payload, signature);
            case 3:
                return CodeForge.Assemble(header, Reencode(payload, random.Next(1, 4)), signature);
            case 4:
                return CodeForge.Assemble(Reencode(header, random.Next(1, 4)), payload, signature);
            case 5:
                return [(byte)(0xC0 | random.Next(24)), .. one];
            case 6:
                return CodeForge.Assemble(header, payload, signature[..random.Next(64)]);
            case 7:
                return CodeForge.Assemble(CodeForge.HeaderWithAlgorithm(random.Next(-300, 300)), payload, signature);
            case 8:
                // s moved by the group's order or less: only n − s fits, and chance does not find it.
                signature[random.Next(32, 64)] ^= (byte)random.Next(1, 256);
                return CodeForge.Assemble(header, payload, signature);
            default:
                random.NextBytes(payload.AsSpan(15));
                return CodeForge.Assemble(header, payload, signature);
        }
    }

    // The same map with its members in another order, one of them twice, or one more.
    private byte[] Reencode(byte[] map, int how)
    {
        var reader = new CborReader(map);
        var members = new List<(int Label, byte[] Value)>();
        for (var count = reader.ReadStartMap(); count > 0; count--)
        {
            members.Add((reader.ReadInt32(), reader.ReadEncodedValue().ToArray()));
        }

        switch (how)
        {
            case 1:
                members.Reverse();
                break;
            case 2:
                members.Insert(random.Next(members.Count + 1), members[random.Next(members.Count)]);
                break;
            default:
                members.Insert(random.Next(members.Count + 1), (random.Next(-20, 20), [(byte)random.Next(24)]));
                break;
        }

        return CodeForge.Claims([.. members.Select(member =>
            (member.Label, (Action<CborWriter>)(writer => writer.WriteEncodedValue(member.Value))))]);
    }
}
