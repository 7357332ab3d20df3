using Parking.GateProgram.Sources;
using Parking.Optics.Images;
using Parking.QrReader;

namespace Parking.ScannerSim.Gates;

/// <summary>Reads codes from picture files with our own reader. Not thread-safe.</summary>
internal sealed class PictureFileCodes : IPictureCodes
{
    private readonly SymbolReader _reader = new();

    public PictureCode Read(string path)
    {
        try
        {
            return new(_reader.Read(PictureFile.Load(path).AsFrame())?.Text, null);
        }
        catch (PictureFileException error)
        {
            return new(null, error.Message);
        }
    }
}
