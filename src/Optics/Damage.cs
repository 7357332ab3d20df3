using System.Numerics;

namespace Parking.Optics;

/// <summary>Scratches, dirt and stickers on a symbol, until they cover a given part of it.</summary>
internal sealed class Damage
{
    /// <summary>Cells across a module: finer than any camera here sees.</summary>
    private const int Cells = 8;

    private const int FinderModules = 7;

    /// <summary>No finder pattern is covered more than this: a symbol without its three corners is no symbol.</summary>
    private const float MostOfFinder = 0.35f;

    private const int MostTries = 400;

    private readonly int _modules;
    private readonly int _side;

    // 0 where the symbol is as it was.
    private readonly byte[] _greys;
    private readonly int[] _coveredFinder = new int[3];
    private int _covered;

    /// <param name="modules">Modules a side, without the quiet zone.</param>
    /// <param name="share">The part of the symbol to cover; never more.</param>
    /// <param name="random">Draws kind, place, size and grey of each mark.</param>
    public Damage(int modules, float share, SeededRandom random)
    {
        _modules = modules;
        _side = modules * Cells;
        _greys = new byte[_side * _side];
        var wanted = (int)(share * _greys.Length);
        var cells = new List<int>();
        for (var tries = 0; _covered < wanted * 0.95 && tries < MostTries; tries++)
        {
            Mark(random, cells, out var grey);
            if (_covered + cells.Count <= wanted && LeavesFinders(cells))
            {
                cells.ForEach(cell => Cover(cell, grey));
            }
        }
    }

    /// <summary>The part of the symbol that is covered.</summary>
    public float Share => _covered / (float)_greys.Length;

    /// <summary>What lies on a point of the unit square that is the symbol with its quiet zone; null: nothing.</summary>
    public float? GreyAt(Vector2 point)
    {
        var full = _modules + (2 * SymbolPattern.QuietZone);
        int column = (int)MathF.Floor(((point.X * full) - SymbolPattern.QuietZone) * Cells),
            line = (int)MathF.Floor(((point.Y * full) - SymbolPattern.QuietZone) * Cells);
        return column >= 0 && line >= 0 && column < _side && line < _side && _greys[(line * _side) + column] is var grey and > 0
            ? grey
            : null;
    }

    /// <summary>Draws one mark: the cells that it covers anew, and its grey.</summary>
    private void Mark(SeededRandom random, List<int> cells, out byte grey)
    {
        cells.Clear();
        var middle = new Vector2(random.Between(0, _modules), random.Between(0, _modules));
        var (sin, cos) = MathF.SinCos(random.Between(0, MathF.PI));
        var kind = random.Below(3);
        // A scratch, a spot, a sticker: half its length and half its width, in modules.
        var half = kind switch
        {
            0 => new Vector2(random.Between(4, 16), random.Between(0.12f, 0.35f)),
            1 => new Vector2(random.Between(0.6f, 2.2f)),
            _ => new Vector2(random.Between(1.5f, 4), random.Between(1, 2.5f)),
        };
        grey = (byte)(kind switch { 1 => random.Between(20, 110), 2 => random.Between(120, 250), _ => random.Below(2) == 0 ? 230 : 50 });

        var reach = half.Length();
        for (var line = First(middle.Y - reach); line < Last(middle.Y + reach); line++)
        {
            for (var column = First(middle.X - reach); column < Last(middle.X + reach); column++)
            {
                var way = ((new Vector2(column, line) + new Vector2(0.5f)) / Cells) - middle;
                var (along, across) = (((way.X * cos) + (way.Y * sin)) / half.X, ((way.Y * cos) - (way.X * sin)) / half.Y);
                var isOn = kind == 1 ? (along * along) + (across * across) < 1 : MathF.Abs(along) < 1 && MathF.Abs(across) < 1;
                if (isOn && _greys[(line * _side) + column] == 0)
                {
                    cells.Add((line * _side) + column);
                }
            }
        }
    }

    private int First(float module) => Math.Clamp((int)(module * Cells), 0, _side);

    private int Last(float module) => Math.Clamp((int)(module * Cells) + 1, 0, _side);

    private bool LeavesFinders(List<int> cells)
    {
        Span<int> covered = stackalloc int[_coveredFinder.Length];
        foreach (var cell in cells)
        {
            if (FinderOf(cell) is { } finder)
            {
                covered[finder]++;
            }
        }
        for (var i = 0; i < covered.Length; i++)
        {
            if (_coveredFinder[i] + covered[i] > MostOfFinder * FinderModules * FinderModules * Cells * Cells)
            {
                return false;
            }
        }
        return true;
    }

    private void Cover(int cell, byte grey)
    {
        _greys[cell] = grey;
        _covered++;
        if (FinderOf(cell) is { } finder)
        {
            _coveredFinder[finder]++;
        }
    }

    private int? FinderOf(int cell)
    {
        int column = cell % _side / Cells, line = cell / _side / Cells;
        bool isLeft = column < FinderModules, isTop = line < FinderModules, isRight = column >= _modules - FinderModules,
            isBottom = line >= _modules - FinderModules;
        return isTop && isLeft ? 0 : isTop && isRight ? 1 : isBottom && isLeft ? 2 : null;
    }
}
