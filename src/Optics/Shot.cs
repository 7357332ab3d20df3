using System.Collections.Immutable;
using Parking.Optics.Images;
using Parking.QrReader;

namespace Parking.Optics;

/// <summary>A frame, and where in it the symbol truly is.</summary>
/// <param name="Picture">The frame.</param>
/// <param name="Corners">The symbol's corners without the quiet zone, as the reader gives them: top left, top right, bottom right, bottom left as it stands upright.</param>
public sealed record Shot(GreyPicture Picture, ImmutableArray<FramePoint> Corners);
