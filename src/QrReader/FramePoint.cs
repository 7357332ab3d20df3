namespace Parking.QrReader;

/// <summary>A point of a frame, in pixels from its top left corner. The centre of the first pixel is (0.5, 0.5).</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Down.</param>
public readonly record struct FramePoint(float X, float Y)
{
    internal float DistanceTo(FramePoint other) => MathF.Sqrt(((X - other.X) * (X - other.X)) + ((Y - other.Y) * (Y - other.Y)));
}
