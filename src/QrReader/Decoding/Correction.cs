namespace Parking.QrReader.Decoding;

/// <summary>What it took to make codewords of what was seen.</summary>
/// <param name="Changed">Symbols that had been read wrongly.</param>
/// <param name="Errors">Wrong symbols whose place had to be found: each spends two parity symbols.</param>
/// <param name="Erasures">Symbols given up beforehand, whether they were wrong or not: each spends one.</param>
internal readonly record struct Correction(int Changed, int Errors, int Erasures)
{
    public static Correction operator +(Correction a, Correction b) => new(a.Changed + b.Changed, a.Errors + b.Errors, a.Erasures + b.Erasures);
}
