namespace Parking.QrReader.Decoding;

/// <summary>
/// Reed-Solomon correction of errors (unknown positions) and erasures (known positions): syndromes, Berlekamp-Massey with given erasures,
/// Chien search, Forney algorithm, as in R. E. Blahut, "Algebraic Codes for Data Transmission", sections 7.1 to 7.4.
/// </summary>
internal static class ReedSolomon
{
    /// <summary>The largest number of parity symbols in a block.</summary>
    public const int MaxParity = 30;

    /// <summary>Computes the values of the block at 2⁰, 2¹, …. Returns true if any is not 0: the block is not a codeword.</summary>
    /// <param name="block">Data symbols, then parity symbols; at most 255.</param>
    /// <param name="syndromes">Receives the values, one for each parity symbol, up to <see cref="MaxParity"/>.</param>
    public static bool ComputeSyndromes(ReadOnlySpan<byte> block, Span<byte> syndromes)
    {
        // Four at a time: the four chains of operations do not depend on each other.
        var i = 0;
        for (; i + 4 <= syndromes.Length; i += 4)
        {
            var first = GaloisField.ProductsOf(GaloisField.Power(i));
            var second = GaloisField.ProductsOf(GaloisField.Power(i + 1));
            var third = GaloisField.ProductsOf(GaloisField.Power(i + 2));
            var fourth = GaloisField.ProductsOf(GaloisField.Power(i + 3));
            byte a = 0, b = 0, c = 0, d = 0;
            foreach (var symbol in block)
            {
                a = (byte)(first[a] ^ symbol);
                b = (byte)(second[b] ^ symbol);
                c = (byte)(third[c] ^ symbol);
                d = (byte)(fourth[d] ^ symbol);
            }
            (syndromes[i], syndromes[i + 1], syndromes[i + 2], syndromes[i + 3]) = (a, b, c, d);
        }
        for (; i < syndromes.Length; i++)
        {
            var products = GaloisField.ProductsOf(GaloisField.Power(i));
            byte value = 0;
            foreach (var symbol in block)
            {
                value = (byte)(products[value] ^ symbol);
            }
            syndromes[i] = value;
        }
        return syndromes.ContainsAnyExcept((byte)0);
    }

    /// <summary>Corrects a block in place. It changes the block only if the result is a codeword.</summary>
    /// <param name="block">Data symbols, then parity symbols; at most 255.</param>
    /// <param name="syndromes">The result of <see cref="ComputeSyndromes"/>; not all 0.</param>
    /// <param name="erasures">The positions of symbols that may be wrong, without repetition; at most as many as syndromes.</param>
    /// <param name="maxErrors">
    /// The largest number of errors to correct in addition to the erasures; together at most what the parity allows.
    /// </param>
    /// <param name="correction">The correction.</param>
    /// <returns>False if no codeword is near enough; the block is then unchanged.</returns>
    public static bool TryCorrect(
        Span<byte> block, ReadOnlySpan<byte> syndromes, ReadOnlySpan<int> erasures, int maxErrors, out Correction correction)
    {
        correction = default;
        var parity = syndromes.Length;

        // A polynomial has one coefficient more than its degree. Berlekamp-Massey may exceed the largest degree by one before it gives up.
        Span<byte> locator = stackalloc byte[parity + 2];
        LocateErasures(block.Length, erasures, locator);
        if (!TryLocateErrors(syndromes, erasures.Length, maxErrors, locator))
        {
            return false;
        }
        var degree = locator.LastIndexOfAnyExcept((byte)0);
        var errors = degree - erasures.Length;
        if (errors > maxErrors || (2 * errors) + erasures.Length > parity)
        {
            return false;
        }
        locator = locator[..(degree + 1)];

        Span<byte> magnitudes = stackalloc byte[block.Length];
        magnitudes.Clear();
        if (!FindMagnitudes(syndromes, locator, magnitudes))
        {
            return false;
        }
        Add(magnitudes, block);
        Span<byte> rest = stackalloc byte[parity];
        if (ComputeSyndromes(block, rest))
        {
            Add(magnitudes, block);
            return false;
        }
        correction = new Correction(block.Length - magnitudes.Count((byte)0), errors, erasures.Length);
        return true;
    }

    /// <summary>The product of (1 + X·z) over the erasures, where X is the power of 2 of a position.</summary>
    private static void LocateErasures(int length, ReadOnlySpan<int> erasures, Span<byte> locator)
    {
        locator.Clear();
        locator[0] = 1;
        for (var k = 0; k < erasures.Length; k++)
        {
            var place = GaloisField.Power(length - 1 - erasures[k]);
            for (var i = k + 1; i > 0; i--)
            {
                locator[i] ^= GaloisField.Multiply(locator[i - 1], place);
            }
        }
    }

    /// <summary>
    /// Berlekamp-Massey: finds the shortest locator polynomial that contains the erasures' locator as a factor and generates the syndromes.
    /// It returns false as soon as the locator is longer than allowed, because it never becomes shorter.
    /// </summary>
    private static bool TryLocateErrors(ReadOnlySpan<byte> syndromes, int erasures, int maxErrors, Span<byte> locator)
    {
        Span<byte> previous = stackalloc byte[locator.Length];
        Span<byte> next = stackalloc byte[locator.Length];
        locator.CopyTo(previous);
        var length = erasures;
        for (var r = erasures; r < syndromes.Length; r++)
        {
            byte discrepancy = 0;
            for (var i = 0; i <= r; i++)
            {
                discrepancy ^= GaloisField.Multiply(locator[i], syndromes[r - i]);
            }
            previous[..^1].CopyTo(previous[1..]);
            previous[0] = 0;
            if (discrepancy == 0)
            {
                continue;
            }
            for (var i = 0; i < next.Length; i++)
            {
                next[i] = (byte)(locator[i] ^ GaloisField.Multiply(discrepancy, previous[i]));
            }
            if (2 * length <= r + erasures)
            {
                length = r + 1 + erasures - length;
                if (length > erasures + maxErrors)
                {
                    return false;
                }
                for (var i = 0; i < previous.Length; i++)
                {
                    previous[i] = GaloisField.Divide(locator[i], discrepancy);
                }
            }
            next.CopyTo(locator);
        }
        return true;
    }

    /// <summary>
    /// Finds the locator's roots and the error magnitudes. Returns false if the locator has fewer roots in the block than its degree.
    /// </summary>
    private static bool FindMagnitudes(ReadOnlySpan<byte> syndromes, ReadOnlySpan<byte> locator, Span<byte> magnitudes)
    {
        Span<byte> evaluator = stackalloc byte[syndromes.Length];
        for (var i = 0; i < evaluator.Length; i++)
        {
            byte sum = 0;
            for (var j = 0; j <= i && j < locator.Length; j++)
            {
                sum ^= GaloisField.Multiply(locator[j], syndromes[i - j]);
            }
            evaluator[i] = sum;
        }

        // The formal derivative has only the odd coefficients: in this field, even multiples are 0.
        Span<byte> derivative = stackalloc byte[locator.Length];
        derivative.Clear();
        for (var i = 1; i < locator.Length; i += 2)
        {
            derivative[i - 1] = locator[i];
        }

        var roots = 0;
        for (var place = 0; place < magnitudes.Length; place++)
        {
            var exponent = magnitudes.Length - 1 - place;
            var inverse = GaloisField.Power(GaloisField.Order - (exponent % GaloisField.Order));
            if (GaloisField.Evaluate(locator, inverse) != 0)
            {
                continue;
            }
            var slope = GaloisField.Evaluate(derivative, inverse);
            if (slope == 0)
            {
                return false;
            }
            roots++;
            var quotient = GaloisField.Divide(GaloisField.Evaluate(evaluator, inverse), slope);
            magnitudes[place] = GaloisField.Multiply(quotient, GaloisField.Power(exponent));
        }
        return roots == locator.Length - 1;
    }

    private static void Add(ReadOnlySpan<byte> values, Span<byte> block)
    {
        for (var i = 0; i < block.Length; i++)
        {
            block[i] ^= values[i];
        }
    }
}

/// <summary>What error correction did to a block or a symbol. "Symbol" here means an element of the Reed-Solomon code: one byte.</summary>
/// <param name="Changed">The number of symbols that changed.</param>
/// <param name="Errors">The number of wrong symbols at unknown positions. Each uses two parity symbols.</param>
/// <param name="Erasures">The number of symbols declared as erasures, wrong or not. Each uses one parity symbol.</param>
internal readonly record struct Correction(int Changed, int Errors, int Erasures)
{
    public static Correction operator +(Correction a, Correction b) =>
        new(a.Changed + b.Changed, a.Errors + b.Errors, a.Erasures + b.Erasures);
}
