namespace Parking.Tests;

/// <summary>
/// How hard the tests try, by <c>PARKING_DEPTH</c>: <c>quick</c> (the default), <c>full</c> or <c>long</c>. Every test runs at every
/// depth. The depth changes only how many cases, rounds or kills a test goes through.
/// </summary>
internal static class Depth
{
    private const string Variable = "PARKING_DEPTH";

    /// <summary>The depth's name.</summary>
    /// <exception cref="InvalidOperationException">The variable has another value.</exception>
    public static string Name => Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => "quick",
        ("quick" or "full" or "long") and var name => name,
        var other => throw new InvalidOperationException($"{Variable} is \"{other}\". Use quick, full or long."),
    };

    /// <summary>Cases of a property. A case takes microseconds.</summary>
    public static int Cases => Of(1_000, 10_000, 100_000);

    /// <summary>Prices that are held against the oracle's. With 1,000, a step that was one second off was not found.</summary>
    public static int Prices => Of(5_000, 10_000, 100_000);

    /// <summary>Cases of a property. A case takes a millisecond or more.</summary>
    public static int DearCases => Of(100, 1_500, 15_000);

    /// <summary>Cases of a property that asks a store many times in each.</summary>
    public static int StoreCases => Of(100, 300, 3_000);

    /// <summary>Cases of a property. A case is a walk of many steps and takes tens of milliseconds.</summary>
    public static int Walks => Of(10, 40, 400);

    /// <summary>Days of traffic, a thousand scans each, interleaved by chance.</summary>
    public static int Interleavings => Of(2, 10, 100);

    /// <summary>Runs of the drain's model, some hundred moves each. A run takes about a millisecond.</summary>
    public static int DrainRuns => Of(400, 6_000, 60_000);

    /// <summary>Rounds of a race.</summary>
    public static int Rounds => Of(20, 200, 2_000);

    /// <summary>Kills of a service, or of its store, under traffic.</summary>
    public static int Kills => Of(3, 20, 100);

    /// <summary>Kills of a service while it archives. Each costs a start.</summary>
    public static int ArchiveKills => Of(1, 20, 100);

    /// <summary>Commands to a gate, each through its own troubles.</summary>
    public static int Commands => Of(1_000, 5_000, 50_000);

    /// <summary>Facilities with a thousand open stays each, to measure memory.</summary>
    public static int Facilities => Of(10, 100, 100);

    /// <summary>Gates, or journals of gates, that lose their power again and again.</summary>
    public static int Lives => Of(5, 25, 250);

    /// <summary>Codes with damage, before the verifier.</summary>
    public static int Mutations => Of(20_000, 100_000, 1_000_000);

    /// <summary>Codes of devices with damage. Those that reach the second signature are four times as dear.</summary>
    public static int DeviceMutations => Of(10_000, 100_000, 1_000_000);

    /// <summary>Grids of modules, before the decoder of symbols.</summary>
    public static int Grids => Of(2_000, 10_000, 500_000);

    /// <summary>Small frames, before the reader.</summary>
    public static int Frames => Of(500, 2_000, 50_000);

    private static int Of(int quick, int full, int @long) => Name switch { "quick" => quick, "full" => full, _ => @long };
}
