namespace Parking.GateProgram.Journal;

/// <summary>Sees one frame.</summary>
/// <param name="offset">Where its body lies in the file.</param>
/// <param name="body">The body.</param>
internal delegate void FrameVisitor(long offset, ReadOnlySpan<byte> body);
