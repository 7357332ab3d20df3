namespace Parking.Api.Tariffs;

/// <summary>
/// Lets at most half of the cores work out quotes at a time. A stay of years under a tariff of many bands takes a while to price, and a driver at a gate must
/// not wait for somebody's arithmetic.
/// </summary>
internal sealed class PricingTurns : IDisposable
{
    private readonly SemaphoreSlim _free = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Waits for a turn; whoever has one gives it back with <see cref="End"/> after one stay.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => _free.WaitAsync(cancellationToken);

    public void End() => _free.Release();

    public void Dispose() => _free.Dispose();
}
