using System.Collections.Immutable;
using Parking.QrReader;
using Parking.ScannerSim.Images;

namespace Parking.ScannerSim.Optics;

/// <summary>A frame, and where in it the symbol truly is.</summary>
/// <param name="Picture">The frame.</param>
/// <param name="Corners">The symbol's corners without the quiet zone, as the reader gives them: top left, top right, bottom right, bottom left as it stands upright.</param>
internal sealed record Shot(GreyPicture Picture, ImmutableArray<FramePoint> Corners);
