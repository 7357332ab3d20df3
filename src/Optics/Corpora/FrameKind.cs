using System.Globalization;

namespace Parking.Optics.Corpora;

/// <summary>A kind of frame to generate: a symbol or a decoy, and the distortion applied to it.</summary>
public sealed record FrameKind(Distortion Distortion, Decoy? Decoy)
{
    public const float MostStrength = 4;

    public string Name => Decoy is null ? Distortion.Name : Distortion == Distortion.Clean ? Decoy.Name : $"{Decoy.Name}+{Distortion.Name}";

    /// <summary>The sets by name. A set's name in a list means all kinds of the set.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<FrameKind>> Sets { get; } = new Dictionary<string, IReadOnlyList<FrameKind>>
    {
        ["all"] = [.. Of(DistortionSets.All), .. Decoys()],
        ["posed"] = Of(DistortionSets.Posed),
        ["classic"] = Of(DistortionSets.Classic),
        ["at-gates"] = Of(DistortionSets.AtGates),
        ["decoys"] = Decoys(),
    };

    /// <summary>
    /// Parses a list such as <c>posed,blur-055+noise-30,motion*0.5</c>. Each kind is returned once, in the order of the list.
    /// </summary>
    /// <returns>The kinds; null if a part of the list is not the name of a kind or a set.</returns>
    public static IReadOnlyList<FrameKind>? Parse(string text, out string unknown)
    {
        var kinds = new List<FrameKind>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            unknown = part;
            if (Sets.TryGetValue(part, out var set))
            {
                kinds.AddRange(set);
            }
            else if (ParseOne(part, out unknown) is { } kind)
            {
                kinds.Add(kind);
            }
            else
            {
                return null;
            }
        }
        unknown = text;
        return kinds.Count == 0 ? null : [.. kinds.DistinctBy(static kind => kind.Name)];
    }

    /// <summary>The same kind with its distortion at another strength.</summary>
    public FrameKind At(float strength) => this with { Distortion = Distortion.At(strength) };

    private static FrameKind? ParseOne(string text, out string unknown)
    {
        unknown = text;
        Distortion? distortion = null;
        Decoy? decoy = null;
        foreach (var part in text.Split('+'))
        {
            unknown = part;
            var name = part.Split('*');
            var strength = 1f;
            if (name.Length > 2 || (name.Length == 2 && !TryParseStrength(name[1], out strength)))
            {
                return null;
            }
            if (DistortionSets.All.FirstOrDefault(known => known.Name == name[0]) is { } found)
            {
                distortion = distortion is null ? found.At(strength) : distortion.With(found.At(strength));
            }
            else if (decoy is null && name.Length == 1 && Decoy.All.FirstOrDefault(known => known.Name == part) is { } foundDecoy)
            {
                decoy = foundDecoy;
            }
            else
            {
                return null;
            }
        }
        return new FrameKind(distortion ?? Distortion.Clean, decoy);
    }

    private static bool TryParseStrength(string text, out float strength) =>
        float.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out strength)
        && strength is >= 0 and <= MostStrength;

    private static IReadOnlyList<FrameKind> Of(IEnumerable<Distortion> distortions) =>
        [.. distortions.Select(static distortion => new FrameKind(distortion, null))];

    private static IReadOnlyList<FrameKind> Decoys() => [.. Decoy.All.Select(static decoy => new FrameKind(Distortion.Clean, decoy))];
}
