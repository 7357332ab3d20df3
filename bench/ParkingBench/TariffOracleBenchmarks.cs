using BenchmarkDotNet.Attributes;
using Parking.Tariffs;
using Parking.Tariffs.Tests.Oracle;

namespace Parking.Bench;

/// <summary>
/// Compares the engine with the oracle of the tests, which walks the stay second by second. It shows what the length of a stay costs an
/// implementation that counts it out. A year is left out: the oracle needs 122 times as long for it as for three days.
/// </summary>
[MemoryDiagnoser]
public class TariffOracleBenchmarks
{
    private TariffVersion _version = null!;
    private ParkedStay _stay = null!;

    [ParamsAllValues]
    public TariffKind Kind { get; set; }

    [Params(TariffStay.OneHour, TariffStay.ThreeDays)]
    public TariffStay Stay { get; set; }

    [GlobalSetup]
    public void Park()
    {
        _version = TariffSamples.Of(Kind).Versions[0];
        _stay = TariffSamples.Park(Stay);
        if (Engine() != Oracle())
        {
            throw new InvalidOperationException($"The engine says {Engine()}, the oracle {Oracle()}.");
        }
    }

    [Benchmark(Baseline = true)]
    public long Oracle() => NaiveOracle.Price(_version, _stay).Total;

    [Benchmark]
    public long Engine() => _version.Price(_stay);
}
