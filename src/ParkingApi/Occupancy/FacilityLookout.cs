using Parking.Api.Hosting;
using Parking.Facilities;
using Parking.Occupancy;
using Parking.Ports;

namespace Parking.Api.Occupancy;

/// <summary>
/// Looks at all facilities before the first request and then once a second. From it admission and gates learn which facilities are closed, and screens learn
/// what changed through other instances and which gates fell silent.
/// </summary>
internal sealed partial class FacilityLookout(FacilityWatch watch, CityDirectory city, TimeProvider time, ILogger<FacilityLookout> logger)
    : BackgroundService, IBackgroundWork
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastDistance = TimeSpan.FromMilliseconds(900);

    private volatile CityView? _latest;

    /// <summary>The latest look; null before the first one.</summary>
    public CityView? Latest => _latest;

    /// <summary>Looks at all facilities now.</summary>
    public async Task<CityView> LookAsync()
    {
        var look = watch.NextLook();
        try
        {
            var facilities = await watch.LookAsync(city.Facilities);
            return _latest = new(look, facilities);
        }
        catch (StoreUnavailableException)
        {
            return _latest = new(look, null);
        }
    }

    public Task CatchUpAsync(CancellationToken cancellationToken) => TryLookAsync();

    /// <summary>A facility that was closed yesterday is closed to the first scan of today.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryLookAsync();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new SparseTimer(Period, LeastDistance, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryLookAsync();
        }
    }

    /// <remarks>A mistake of ours in looking must not end the service: the next look tries again.</remarks>
    private async Task TryLookAsync()
    {
        try
        {
            await LookAsync();
        }
        catch (Exception e)
        {
            LookFailed(logger, e);
        }
    }

    [LoggerMessage(5003, LogLevel.Error, "The facilities could not be looked at; it is tried again", EventName = "FacilityLookFailed")]
    private static partial void LookFailed(ILogger logger, Exception exception);
}
