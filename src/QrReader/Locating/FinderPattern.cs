namespace Parking.QrReader.Locating;

/// <summary>A finder pattern, one of the three large squares of a symbol, as the search measured it.</summary>
/// <param name="X">The x coordinate of the centre, in pixels.</param>
/// <param name="Y">The y coordinate of the centre, in pixels.</param>
/// <param name="Module">
/// The width of a module along the picture's axes, in pixels: larger than its true width if the symbol is rotated.
/// </param>
/// <param name="Narrowest">The smallest width of a module along the axes and diagonals: nearly its true width.</param>
/// <param name="Sightings">The number of picture rows that crossed it.</param>
internal readonly record struct FinderPattern(float X, float Y, float Module, float Narrowest, int Sightings)
{
    /// <summary>The largest ratio of module widths of two patterns of one symbol.</summary>
    public const float MostUnequal = 2.2f;

    /// <summary>The similarity to a finder pattern, at most 1; 0 until it is compared.</summary>
    public float Likeness { get; init; }

    public FramePoint Middle => new(X, Y);

    public float DistanceTo(FinderPattern other) => Middle.DistanceTo(other.Middle);

    public bool IsLikeInSize(FinderPattern other) => Module < other.Module * MostUnequal && other.Module < Module * MostUnequal;

    public bool IsSameAs(float x, float y, float module) =>
        MathF.Abs(X - x) < 2.5f * Module && MathF.Abs(Y - y) < 2.5f * Module && module < Module * 1.8f && Module < module * 1.8f;

    /// <summary>The mean of all sightings, including a new one.</summary>
    public FinderPattern SeenAgainAt(float x, float y, float module, float narrowest) => new(
        ((X * Sightings) + x) / (Sightings + 1),
        ((Y * Sightings) + y) / (Sightings + 1),
        ((Module * Sightings) + module) / (Sightings + 1),
        ((Narrowest * Sightings) + narrowest) / (Sightings + 1),
        Sightings + 1);
}
