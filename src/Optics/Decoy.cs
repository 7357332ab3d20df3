using Parking.Codes;
using Parking.Optics.Images;

namespace Parking.Optics;

/// <summary>A pattern that is not a readable QR symbol but has features that readers look for. Any text read from it is wrong.</summary>
/// <param name="Name">The decoy's name. It is part of the seed of its frames.</param>
/// <param name="Draw">Draws the decoy as modules.</param>
public sealed record Decoy(string Name, Func<SeededRandom, SymbolPattern> Draw)
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-./:";

    private const int Version7 = 45, FinderModules = 7;

    /// <summary>Whether at most half of the decoy lies within the frame.</summary>
    public bool IsCutOff { get; init; }

    public static Decoy Print { get; } = new("decoy-print", random => Letters(random, 96));

    public static Decoy Checkerboard { get; } = new("decoy-checkerboard", random =>
    {
        var square = 1 + random.Below(3);
        return new SymbolPattern(Version7, (x, y) => ((x / square) + (y / square)) % 2 == 0);
    });

    public static Decoy Stripes { get; } = new("decoy-barcode", random =>
    {
        var bars = RandomModules(random, 90);
        return new SymbolPattern(90, (x, y) => y is > 20 and < 70 && bars(x, 0));
    });

    /// <summary>The solid and the dotted edges of a Data Matrix symbol, with random modules inside.</summary>
    public static Decoy DataMatrix { get; } = new("decoy-data-matrix", random =>
    {
        const int Size = 36;
        var inside = RandomModules(random, Size);
        return new SymbolPattern(
            Size, (x, y) => x == 0 || y == Size - 1 || (y == 0 ? x % 2 == 0 : x == Size - 1 ? y % 2 == 1 : inside(x, y)));
    });

    public static Decoy Noise { get; } = new("decoy-noise", random => new SymbolPattern(Version7, RandomModules(random, Version7)));

    public static Decoy OneFinder { get; } = new("decoy-one-finder", random => WithFinders(random, (0, 0)));

    public static Decoy TwoFinders { get; } = new(
        "decoy-two-finders",
        random => WithFinders(random, (0, 0), (Version7 - FinderModules, random.Below(2) * (Version7 - FinderModules))));

    /// <summary>Three finder patterns in a row, or at an angle that does not occur in a symbol.</summary>
    public static Decoy WrongCorners { get; } = new("decoy-wrong-corners", random => random.Below(2) == 0
        ? WithFinders(random, (0, 0), (19, 2), (38, 0))
        : WithFinders(random, (0, 0), (38, 14), (8, 38)));

    /// <summary>Three finder patterns in the right places, with random modules between them.</summary>
    public static Decoy EmptyShell { get; } = new(
        "decoy-empty-shell", random => WithFinders(random, (0, 0), (Version7 - FinderModules, 0), (0, Version7 - FinderModules)));

    /// <summary>A regular grid of finder patterns, which form many false corners.</summary>
    public static Decoy ManyFinders { get; } = new("decoy-many-finders", random =>
    {
        var pitch = FinderModules + 1 + random.Below(4);
        return new SymbolPattern(
            Version7, (x, y) => x % pitch < FinderModules && y % pitch < FinderModules && IsFinder(x % pitch, y % pitch));
    });

    /// <summary>A real symbol with one half covered.</summary>
    public static Decoy HalfCovered { get; } = new("decoy-half-covered", random =>
    {
        var symbol = RealSymbol(random);
        var side = random.Below(4);
        var dark = random.Below(2) == 0;
        return new SymbolPattern(
            symbol.Size, (x, y) => (side switch { 0 => x, 1 => y, 2 => symbol.Size - 1 - x, _ => symbol.Size - 1 - y }) < symbol.Size / 2
                ? symbol.IsDark(x, y)
                : dark);
    });

    /// <summary>A real symbol of which at most half lies within the frame.</summary>
    public static Decoy CutOff { get; } = new("decoy-cut-off", RealSymbol) { IsCutOff = true };

    public static IReadOnlyList<Decoy> All { get; } =
    [
        Print, Checkerboard, Stripes, DataMatrix, Noise, OneFinder, TwoFinders, WrongCorners, EmptyShell, ManyFinders, HalfCovered, CutOff,
    ];

    private static SymbolPattern RealSymbol(SeededRandom random)
    {
        var symbol = QrSymbol.Encode(CodeFormat.Prefix + AnyText(random, CodeFormat.TextLength - CodeFormat.Prefix.Length));
        return new SymbolPattern(symbol.Size, (x, y) => symbol[x, y]);
    }

    private static string AnyText(SeededRandom random, int length) => string.Create(length, random, static (text, random) =>
    {
        foreach (ref var letter in text)
        {
            letter = Alphabet[random.Below(Alphabet.Length)];
        }
    });

    private static SymbolPattern Letters(SeededRandom random, int size)
    {
        int columns = size / PixelFont.Advance, lines = size / (PixelFont.Height + 3);
        var text = AnyText(random, columns * lines);
        return new SymbolPattern(size, (x, y) => x / PixelFont.Advance < columns && y / (PixelFont.Height + 3) < lines
            && x % PixelFont.Advance < PixelFont.Width && y % (PixelFont.Height + 3) < PixelFont.Height
            && PixelFont.IsSet(
                text[(y / (PixelFont.Height + 3) * columns) + (x / PixelFont.Advance)], x % PixelFont.Advance, y % (PixelFont.Height + 3)));
    }

    private static Func<int, int, bool> RandomModules(SeededRandom random, int size)
    {
        var modules = new bool[size * size];
        for (var i = 0; i < modules.Length; i++)
        {
            modules[i] = random.Below(2) == 0;
        }
        return (x, y) => modules[(y * size) + x];
    }

    private static SymbolPattern WithFinders(SeededRandom random, params (int X, int Y)[] finders)
    {
        var noise = RandomModules(random, Version7);
        return new SymbolPattern(Version7, (x, y) =>
        {
            foreach (var finder in finders)
            {
                int column = x - finder.X, line = y - finder.Y;
                if (column is >= -1 and <= FinderModules && line is >= -1 and <= FinderModules)
                {
                    return column is >= 0 and < FinderModules && line is >= 0 and < FinderModules && IsFinder(column, line);
                }
            }
            return noise(x, y);
        });
    }

    private static bool IsFinder(int column, int line)
    {
        var ring = Math.Max(Math.Abs(column - (FinderModules / 2)), Math.Abs(line - (FinderModules / 2)));
        return ring != 2;
    }
}
