namespace Parking.QrReader.Decoding;

/// <summary>What error correction did to a block or a symbol. "Symbol" here means an element of the Reed-Solomon code: one byte.</summary>
/// <param name="Changed">The number of symbols that changed.</param>
/// <param name="Errors">The number of wrong symbols at unknown positions. Each uses two parity symbols.</param>
/// <param name="Erasures">The number of symbols declared as erasures, wrong or not. Each uses one parity symbol.</param>
internal readonly record struct Correction(int Changed, int Errors, int Erasures)
{
    public static Correction operator +(Correction a, Correction b) =>
        new(a.Changed + b.Changed, a.Errors + b.Errors, a.Erasures + b.Erasures);
}
