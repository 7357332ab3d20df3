namespace Parking.Api.Tests.Infrastructure;

/// <summary>One service for all tests of a class that leave nothing behind: starting one takes longer than asking it something.</summary>
public sealed class SharedApplication : IDisposable
{
    internal ParkingApplication App { get; } = new();

    public void Dispose() => App.Dispose();
}
