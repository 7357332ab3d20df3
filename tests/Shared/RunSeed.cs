using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsCheck;

[assembly: AssemblyFixture(typeof(Parking.Tests.RunSeed))]

namespace Parking.Tests;

/// <summary>
/// The one seed of a run. All random tests derive their own from it and a label. It is drawn anew for each run, or taken from
/// <c>PARKING_SEED</c> to repeat one. The output of each test that uses it names it.
/// </summary>
public sealed class RunSeed
{
    private const string Variable = "PARKING_SEED";

    private static readonly Lazy<int> Drawn = new(() => RandomNumberGenerator.GetInt32(int.MaxValue));

    /// <summary>The assembly's fixture: says at the start what the run depends on, and ends a run whose variables cannot be read.</summary>
    public RunSeed() => Console.WriteLine($"{Depth.Name} depth, {Text}");

    /// <summary>What to set to repeat this run.</summary>
    internal static string Text => string.Create(CultureInfo.InvariantCulture, $"{Variable}={Value}");

    /// <exception cref="InvalidOperationException">The variable is not a whole number.</exception>
    private static int Value => Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => Drawn.Value,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) => value,
        var other => throw new InvalidOperationException($"{Variable} is \"{other}\". Use a whole number from 0 to {int.MaxValue}."),
    };

    /// <summary>A generator of its own for each label, the same in each run with the same seed.</summary>
    internal static Random RandomFor(string label) => new(BitConverter.ToInt32(Derive(label)));

    /// <inheritdoc cref="RandomFor"/>
    internal static PCG PcgFor(string label)
    {
        var derived = Derive(label);
        return new(BitConverter.ToUInt16(derived), BitConverter.ToUInt64(derived, sizeof(ulong)));
    }

    private static byte[] Derive(string label)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(Text);
        return SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Value} {label}")));
    }
}
