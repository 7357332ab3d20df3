using BenchmarkDotNet.Attributes;
using Parking.Tariffs;
using Parking.Tariffs.Tests.Oracle;

namespace Parking.Bench;

/// <summary>
/// The engine against the oracle of the tests, which walks the stay second by second: what the length of a stay costs whoever counts it out. A year is left out:
/// it would take the oracle 122 times as long as three days.
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
