using BenchmarkDotNet.Attributes;
using Parking.Api.Tests.Infrastructure;
using Parking.Codes;
using Parking.GateProtocol;
using Parking.Optics.Programs;

namespace Parking.Bench;

/// <summary>
/// One entry, and one exit, through all three steps on a real store, one scan after the other. Every scan is another driver's, so that
/// timelines hold one stay; codes are made, and entries of the exits driven, outside the measured part. The baseline is what any scan costs
/// before the store is asked: the check of its code.
/// </summary>
[MemoryDiagnoser]
[InvocationCount(ScansPerIteration, ScansPerIteration)]
[WarmupCount(250)]
[IterationCount(100)]
public class ScanBenchmarks
{
    private const int ScansPerIteration = 16;

    private readonly ReportedScan[] _scans = new ReportedScan[ScansPerIteration];
    private readonly CodeVerifier _verifier = new(SampleCode.Ring.PublishedAt(SampleCode.Now));
    private ScanPath? _path;
    private ulong _lastDriver;
    private int _next;

    /// <summary>Redis only where it can be started.</summary>
    public static IEnumerable<StoreKind> Stores =>
        Executable.Find(RedisProcess.Program) is null ? [StoreKind.Embedded] : [StoreKind.Embedded, StoreKind.Redis];

    [ParamsSource(nameof(Stores))]
    public StoreKind Store { get; set; }

    private ScanPath Path => _path ?? throw new InvalidOperationException("The setup has not run.");

    [GlobalSetup]
    public async Task OpenAsync() => _path = await ScanPath.OpenAsync(Store);

    [GlobalCleanup]
    public async Task CloseAsync() => await Path.DisposeAsync();

    [IterationSetup(Targets = [nameof(CheckCode), nameof(Entry)])]
    public void BringDrivers()
    {
        _next = 0;
        for (var i = 0; i < ScansPerIteration; i++)
        {
            _scans[i] = Path.AtEntry(Mint(new(++_lastDriver)));
        }
    }

    [IterationSetup(Target = nameof(Exit))]
    public void ParkDrivers() => ParkDriversAsync().GetAwaiter().GetResult();

    [Benchmark(Baseline = true)]
    public CodeCheck CheckCode() => _verifier.Verify(_scans[_next++].Code!, SampleCode.Now);

    [Benchmark]
    public async Task<ScanReason> Entry() => Expect(ScanReason.Entered, await Path.EnterAsync(_scans[_next++]));

    [Benchmark]
    public async Task<ScanReason> Exit() => Expect(ScanReason.Exited, await Path.LeaveAsync(_scans[_next++]));

    private async Task ParkDriversAsync()
    {
        _next = 0;
        for (var i = 0; i < ScansPerIteration; i++)
        {
            var driver = new HolderId(++_lastDriver);
            Expect(ScanReason.Entered, await Path.EnterAsync(Path.AtEntry(Mint(driver))));
            _scans[i] = Path.AtExit(Mint(driver));
        }
    }

    private static string Mint(HolderId driver) => SampleCode.Minter.Mint(driver, VehicleSlot.None, SampleCode.Now).Text;

    // A refusal is decided faster, and would pass for a good figure.
    private static ScanReason Expect(ScanReason expected, ScanReason actual) =>
        actual == expected ? actual : throw new InvalidOperationException($"A scan was answered {actual}, not {expected}.");
}
