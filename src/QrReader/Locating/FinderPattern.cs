namespace Parking.QrReader.Locating;

/// <summary>One of the three large squares of a symbol, as the search saw it.</summary>
/// <param name="X">The centre, in pixels.</param>
/// <param name="Y">The centre, in pixels.</param>
/// <param name="Module">The width of a module along the picture's axes, in pixels: larger than its true width where the symbol is turned.</param>
/// <param name="Narrowest">The width of a module along the direction in which it is narrowest, of the axes and diagonals: nearly its true width.</param>
/// <param name="Sightings">How many lines of the picture crossed it.</param>
internal readonly record struct FinderPattern(float X, float Y, float Module, float Narrowest, int Sightings)
{
    /// <summary>A module of one pattern of a symbol may be so many times as wide as one of another.</summary>
    public const float MostUnequal = 2.2f;

    /// <summary>How much it looks like a finder pattern, 1 at most; 0 until it is compared.</summary>
    public float Likeness { get; init; }

    public FramePoint Middle => new(X, Y);

    public float DistanceTo(FinderPattern other) => Middle.DistanceTo(other.Middle);

    public bool IsLikeInSize(FinderPattern other) => Module < other.Module * MostUnequal && other.Module < Module * MostUnequal;

    public bool IsSameAs(float x, float y, float module) =>
        MathF.Abs(X - x) < 2.5f * Module && MathF.Abs(Y - y) < 2.5f * Module && module < Module * 1.8f && Module < module * 1.8f;

    /// <summary>The mean of all sightings, one more included.</summary>
    public FinderPattern SeenAgainAt(float x, float y, float module, float narrowest) => new(
        ((X * Sightings) + x) / (Sightings + 1),
        ((Y * Sightings) + y) / (Sightings + 1),
        ((Module * Sightings) + module) / (Sightings + 1),
        ((Narrowest * Sightings) + narrowest) / (Sightings + 1),
        Sightings + 1);
}
