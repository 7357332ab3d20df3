namespace Parking.Optics.Corpora;

/// <summary>A frame that will be taken or loaded when its turn comes: a corpus of twenty thousand does not fit into memory.</summary>
/// <param name="Take">Takes it; the same frame each time. From any thread. Throws what <see cref="Images.PictureFile.Load"/> throws.</param>
public sealed record PlannedFrame(Func<TrueFrame> Take);
