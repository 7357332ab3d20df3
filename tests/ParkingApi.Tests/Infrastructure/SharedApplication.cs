namespace Parking.Api.Tests.Infrastructure;

/// <summary>
/// One service for all tests of a class: starting one takes longer than asking it something. The tests leave its clock and settings alone,
/// and each has citizens or journals of its own.
/// </summary>
public sealed class SharedApplication : IDisposable
{
    private int _citizens;

    internal ParkingApplication App { get; } = new();

    /// <summary>A citizen code that nobody else has.</summary>
    public string FreshCitizen(string name) => $"{name}-{Interlocked.Increment(ref _citizens):000000}";

    public void Dispose() => App.Dispose();
}
