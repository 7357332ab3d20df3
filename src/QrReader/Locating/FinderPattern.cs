namespace Parking.QrReader.Locating;

/// <summary>One of the three large squares of a symbol, as the search saw it.</summary>
/// <param name="X">The centre, in pixels.</param>
/// <param name="Y">The centre, in pixels.</param>
/// <param name="Module">The width of a module along the picture's axes, in pixels: larger than its true width where the symbol is turned.</param>
/// <param name="Sightings">How many lines of the picture crossed it.</param>
internal readonly record struct FinderPattern(float X, float Y, float Module, int Sightings)
{
    public float DistanceTo(FinderPattern other) => MathF.Sqrt(((X - other.X) * (X - other.X)) + ((Y - other.Y) * (Y - other.Y)));

    public bool IsSameAs(float x, float y, float module) =>
        MathF.Abs(X - x) < 2.5f * Module && MathF.Abs(Y - y) < 2.5f * Module && module < Module * 1.8f && Module < module * 1.8f;

    /// <summary>The mean of all sightings, one more included.</summary>
    public FinderPattern SeenAgainAt(float x, float y, float module) => new(
        ((X * Sightings) + x) / (Sightings + 1),
        ((Y * Sightings) + y) / (Sightings + 1),
        ((Module * Sightings) + module) / (Sightings + 1),
        Sightings + 1);
}
