using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Rights;

/// <summary>One service for all tests of a class, with hubs. Its clock stands still.</summary>
public sealed class KestrelApplication : IDisposable
{
    private int _drivers;

    internal ParkingApplication App { get; } = new ParkingApplication().OnKestrel();

    /// <summary>A driver whom nobody else has, and a number that no other event of a gate has.</summary>
    public (string Citizen, long Seq) Next()
    {
        var number = Interlocked.Increment(ref _drivers);
        return ($"driver-{number:000000}", number);
    }

    public void Dispose() => App.Dispose();
}
