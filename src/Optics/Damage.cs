using System.Numerics;

namespace Parking.Optics;

/// <summary>Scratches, dirt and stickers that cover a given share of a symbol.</summary>
internal sealed class Damage
{
    /// <summary>The number of cells across a module. Cells are smaller than a pixel of any frame here.</summary>
    private const int Cells = 8;

    private const int FinderModules = 7;

    /// <summary>
    /// The largest share of a finder pattern that is covered: without its three finder patterns, a symbol cannot be found.
    /// </summary>
    private const float MostOfFinder = 0.35f;

    private const int MostTries = 400;

    private readonly int _modules;
    private readonly int _side;

    // The grey of each cell; 0 for a cell that is not covered.
    private readonly byte[] _greys;
    private readonly int[] _coveredFinder = new int[3];
    private int _covered;

    /// <param name="modules">Modules a side, without the quiet zone.</param>
    /// <param name="share">The share of the symbol to cover. It is never exceeded.</param>
    /// <param name="random">Determines kind, place, size and grey of each mark.</param>
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

    /// <summary>The share of the symbol that is covered.</summary>
    public float Share => _covered / (float)_greys.Length;

    /// <summary>
    /// The grey of the mark at a point of the unit square (the symbol with its quiet zone); null if the point is not covered.
    /// </summary>
    public float? GreyAt(Vector2 point)
    {
        var full = _modules + (2 * SymbolPattern.QuietZone);
        int column = (int)MathF.Floor(((point.X * full) - SymbolPattern.QuietZone) * Cells),
            line = (int)MathF.Floor(((point.Y * full) - SymbolPattern.QuietZone) * Cells);
        return column >= 0 && line >= 0 && column < _side && line < _side && _greys[(line * _side) + column] is var grey and > 0
            ? grey
            : null;
    }

    /// <summary>Draws one mark: lists the cells it would cover that are not covered yet, and its grey.</summary>
    private void Mark(SeededRandom random, List<int> cells, out byte grey)
    {
        cells.Clear();
        var middle = new Vector2(random.Between(0, _modules), random.Between(0, _modules));
        var (sin, cos) = MathF.SinCos(random.Between(0, MathF.PI));
        var kind = random.Below(3);
        // Half the length and half the width of a scratch, a spot or a sticker, in modules.
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
