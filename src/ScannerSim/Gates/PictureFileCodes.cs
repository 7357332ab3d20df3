using Parking.GateProgram.Sources;
using Parking.Optics.Images;
using Parking.QrReader;

namespace Parking.ScannerSim.Gates;

/// <summary>Codes of picture files, by our own reader. Not safe to use from several threads at once.</summary>
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
