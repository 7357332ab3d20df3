using System.Formats.Cbor;

namespace Parking.Codes.Tests;

/// <summary>Damages and forges codes at random: in their text, their bytes and their fields.</summary>
internal abstract class CodeMutator(Random random, string[] codes)
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
                1 => TextOf(MutateBytes(Samples.BytesOf(Pick()))),
                _ => TextOf(MutateFields(Samples.BytesOf(Pick()), Samples.BytesOf(Pick()))),
            };
            if (!_codes.Contains(text))
            {
                return text;
            }
        }
    }

    /// <summary>Changes a field of one code, or puts a field of another into it.</summary>
    protected abstract byte[] MutateFields(byte[] one, byte[] two);

    /// <summary>The same map with its members in another order, one of them twice, or one more.</summary>
    protected byte[] Reencode(byte[] map)
    {
        var reader = new CborReader(map);
        var members = new List<(int Label, byte[] Value)>();
        for (var count = reader.ReadStartMap(); count > 0; count--)
        {
            members.Add((reader.ReadInt32(), reader.ReadEncodedValue().ToArray()));
        }

        switch (random.Next(3))
        {
            case 0:
                members.Reverse();
                break;
            case 1:
                members.Insert(random.Next(members.Count + 1), members[random.Next(members.Count)]);
                break;
            default:
                members.Insert(random.Next(members.Count + 1), (random.Next(-20, 20), [(byte)random.Next(24)]));
                break;
        }

        return CodeForge.Claims([.. members.Select(member =>
            (member.Label, (Action<CborWriter>)(writer => writer.WriteEncodedValue(member.Value))))]);
    }

    private string TextOf(byte[] bytes) => codes[0][..CodeFormat.Prefix.Length] + Base45.Encode(bytes);

    private string Pick() => codes[random.Next(codes.Length)];

    private string MutateText(string text)
    {
        var characters = text.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            // A place in the prefix often enough that this check has its share, too.
            var at = random.Next(random.Next(12) == 0 ? Math.Min(CodeFormat.Prefix.Length, characters.Count) : characters.Count);
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

    protected byte[] MutateBytes(byte[] original)
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
}

/// <summary>Damages and forges codes of the service. It never signs.</summary>
internal sealed class ServiceCodeMutator(Random random, string[] codes) : CodeMutator(random, codes)
{
    private readonly Random _random = random;

    // The places of a code's fields: header 2 to 11, payload 14 to 45, signature 47 to 111.
    protected override byte[] MutateFields(byte[] one, byte[] two)
    {
        var (header, payload, signature) = (one[2..11], one[14..45], one[47..]);
        switch (_random.Next(10))
        {
            case 0:
                return CodeForge.Assemble(header, two[14..45], signature);
            case 1:
                return CodeForge.Assemble(two[2..11], payload, two[47..]);
            case 2:
                _random.NextBytes(signature);
                return CodeForge.Assemble(header, payload, signature);
            case 3:
                return CodeForge.Assemble(header, Reencode(payload), signature);
            case 4:
                return CodeForge.Assemble(Reencode(header), payload, signature);
            case 5:
                return [(byte)(0xC0 | _random.Next(24)), .. one];
            case 6:
                return CodeForge.Assemble(header, payload, signature[.._random.Next(64)]);
            case 7:
                return CodeForge.Assemble(CodeForge.HeaderWithAlgorithm(_random.Next(-300, 300)), payload, signature);
            case 8:
                // s moved by the group's order or less: only n − s fits, and chance does not find it.
                signature[_random.Next(32, 64)] ^= (byte)_random.Next(1, 256);
                return CodeForge.Assemble(header, payload, signature);
            default:
                _random.NextBytes(payload.AsSpan(15));
                return CodeForge.Assemble(header, payload, signature);
        }
    }
}
