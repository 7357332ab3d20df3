using Parking.Optics.Images;

namespace Parking.Optics;

/// <summary>What came of one frame.</summary>
/// <param name="Text">What was read; null: nothing.</param>
/// <param name="Took">How long the reading took.</param>
/// <param name="Picture">The frame.</param>
public sealed record FrameReading(string? Text, TimeSpan Took, GreyPicture Picture);
