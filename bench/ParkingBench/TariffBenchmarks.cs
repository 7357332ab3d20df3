using BenchmarkDotNet.Attributes;
using Parking.Tariffs;
using Parking.Tariffs.Quotes;

namespace Parking.Bench;

/// <summary>A stay's price, its explanation, and when it changes next: by kind of tariff and length of stay.</summary>
[MemoryDiagnoser]
public class TariffBenchmarks
{
    private TariffVersion _version = null!;
    private ParkedStay _stay = null!;

    [ParamsAllValues]
    public TariffKind Kind { get; set; }

    [ParamsAllValues]
    public TariffStay Stay { get; set; }

    [GlobalSetup]
    public void Park()
    {
        _version = TariffSamples.Of(Kind).Versions[0];
        _stay = TariffSamples.Park(Stay);
    }

    [Benchmark(Baseline = true)]
    public long Price() => _version.Price(_stay);

    [Benchmark]
    public Quote Explained() => _version.Quote(_stay);

    [Benchmark]
    public NextChange? Next() => _version.NextChange(_stay);
}
