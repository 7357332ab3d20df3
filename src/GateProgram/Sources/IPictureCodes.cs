namespace Parking.GateProgram.Sources;

/// <summary>Reads the codes in picture files. What finds a symbol in a picture is no part of a gate's program.</summary>
public interface IPictureCodes
{
    /// <summary>Reads one picture.</summary>
    /// <param name="path">Its file.</param>
    PictureCode Read(string path);
}

/// <summary>What a picture says.</summary>
/// <param name="Text">The text of its symbol; null where none could be read.</param>
/// <param name="Fault">Why the file cannot be used, naming it; null where it can. A file that is still being written has a fault until it is complete.</param>
public readonly record struct PictureCode(string? Text, string? Fault);
