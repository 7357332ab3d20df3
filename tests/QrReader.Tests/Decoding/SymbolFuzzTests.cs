using Parking.QrReader.Decoding;
using Parking.QrReader.Tests.Drawing;

namespace Parking.QrReader.Tests.Decoding;

/// <summary>Random grids that are not symbols, and heavily damaged symbols.</summary>
public sealed class SymbolFuzzTests
{
    private readonly SymbolDecoder _decoder = new();
    private readonly Random _random = RunSeed.RandomFor(nameof(SymbolFuzzTests));
    private readonly bool[] _modules = new bool[177 * 177];
    private readonly float[] _confidence = new float[177 * 177];

    [Fact]
    public void Decode_RandomGrids_AreAllRefused()
    {
        for (var i = 0; i < Depth.Grids; i++)
        {
            var layout = SymbolLayout.For(RandomVersion());
            var area = layout.Size * layout.Size;
            switch (i % 3)
            {
                case 0:
                    FillAtRandom(area);
                    break;
                case 1:
                    FillWithStripes(layout.Size);
                    break;
                default:
                    FillWithBlots(layout.Size);
                    break;
            }

            // Every second grid gets valid format information, so that it reaches the error correction.
            if (i % 2 == 0)
            {
                WriteFormat(layout);
            }
            var text = _decoder.Decode(layout, _modules.AsSpan(0, area), Confidence(area))?.Content.Text;
            Assert.True(text is null, $"grid {i}, version {layout.Version}: {text}");
        }
    }

    [Fact]
    public void Decode_SymbolsWithManyModulesTurned_GiveTheTextOrNothing()
    {
        var symbols = Enumerable.Range(1, 40).Select(version => new Damage(version, (ErrorCorrectionLevel)(version % 4), _random))
            .ToArray();
        int read = 0, refused = 0;
        for (var i = 0; i < Depth.Grids; i++)
        {
            var symbol = symbols[RandomVersion() - 1];
            var area = symbol.Modules.Length;
            symbol.Modules.CopyTo(_modules, 0);
            var confidence = Confidence(area);
            if (i % 2 == 0)
            {
                TurnModules(_random.Next(area / 8), area);
            }
            else
            {
                CoverRectangle(symbol.Layout.Size);
            }

            var text = _decoder.Decode(symbol.Layout, _modules.AsSpan(0, area), confidence)?.Content.Text;
            Assert.True(text is null || text == symbol.Text, $"grid {i}, version {symbol.Layout.Version}: {text} instead of {symbol.Text}");
            _ = text is null ? refused++ : read++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{read} read, {refused} refused");
        Assert.True(read > Depth.Grids / 10 && refused > Depth.Grids / 10, $"{read} read, {refused} refused: unsuitable damage");
    }

    /// <summary>Small versions are drawn more often: they have little parity and are decoded quickly.</summary>
    private int RandomVersion() => _random.Next(1, _random.Next(2, _random.Next(3, 42)));

    private Span<float> Confidence(int area)
    {
        if (_random.Next(4) == 0)
        {
            return [];
        }
        for (var i = 0; i < area; i++)
        {
            _confidence[i] = _random.NextSingle();
        }
        return _confidence.AsSpan(0, area);
    }

    private void FillAtRandom(int area)
    {
        var share = _random.NextDouble();
        for (var i = 0; i < area; i++)
        {
            _modules[i] = _random.NextDouble() < share;
        }
    }

    private void FillWithStripes(int size)
    {
        int across = _random.Next(7), down = _random.Next(7), period = _random.Next(2, 9), light = _random.Next(period + 1);
        for (var i = 0; i < size * size; i++)
        {
            _modules[i] = ((i % size * across) + (i / size * down)) % period < light;
        }
    }

    private void FillWithBlots(int size)
    {
        var grain = _random.Next(1, 8);
        for (var i = 0; i < size * size; i++)
        {
            int x = i % size, y = i / size;
            _modules[i] = x % grain != 0 ? _modules[i - 1] : y % grain != 0 ? _modules[i - size] : _random.Next(2) == 0;
        }
    }

    private void WriteFormat(SymbolLayout layout)
    {
        var source = SymbolCanvas.Of(layout.Version).Paint([], (ErrorCorrectionLevel)_random.Next(4), _random.Next(8));
        for (var i = 0; i < layout.Size; i++)
        {
            _modules[(8 * layout.Size) + i] = source[(8 * layout.Size) + i];
            _modules[(i * layout.Size) + 8] = source[(i * layout.Size) + 8];
        }
    }

    /// <summary>The inverted modules get a slightly lower confidence than the others, as in a picture.</summary>
    private void TurnModules(int count, int area)
    {
        for (; count > 0; count--)
        {
            var module = _random.Next(area);
            _modules[module] ^= true;
            _confidence[module] *= 0.7f;
        }
    }

    private void CoverRectangle(int size)
    {
        int left = _random.Next(size), top = _random.Next(size), right = _random.Next(left, size), bottom = _random.Next(top, size);
        var kind = _random.Next(3);
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                _modules[(y * size) + x] = kind == 2 ? _random.Next(2) == 0 : kind == 1;
            }
        }
    }
}
