namespace Parking.Simulation.Demo;

/// <summary>What the camera and the reader made of a phone held up to them.</summary>
/// <param name="Text">The text read; null if no frame could be read.</param>
/// <param name="Shown">The text that was on the phone when the last frame was taken.</param>
/// <param name="Frames">Frames taken.</param>
/// <param name="ReadTime">What a gate would have waited: the reader's time for each frame, and a frame's interval between two.</param>
internal sealed record SymbolShot(string? Text, string Shown, int Frames, TimeSpan ReadTime);
