using CsCheck;

namespace Parking.Tariffs.Tests.Properties;

/// <summary>
/// Random values made step by step, where a later step depends on an earlier one. Seeds and shrinking are CsCheck's: the smallest failing
/// value is reported.
/// </summary>
/// <param name="draw">Makes a value.</param>
/// <param name="size">How large it is; of failing values the smallest is looked for.</param>
internal sealed class Drawn<T>(Func<Draw, T> draw, Func<T, ulong> size) : Gen<T>
{
    public override T Generate(PCG pcg, Size? min, out Size drawnSize)
    {
        var value = draw(new(pcg));
        drawnSize = new(size(value));
        return value;
    }
}
