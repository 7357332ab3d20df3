using NodaTime.Extensions;
using Parking.Api.Hosting;
using Parking.Facilities;
using Parking.Occupancy;
using Parking.Ports;

namespace Parking.Api.Occupancy;

/// <summary>
/// Reads the state of all facilities before the first request and then once a second. So admission and gates learn which facilities are
/// closed, and screens learn of changes through other instances and of gates that fell silent.
/// </summary>
internal sealed partial class FacilityLookout(FacilityWatch watch, CityDirectory city, TimeProvider time, ILogger<FacilityLookout> logger)
    : BackgroundService, IBackgroundWork
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastDistance = TimeSpan.FromMilliseconds(900);

    private readonly Lock _lock = new();

    private volatile CityView? _latest;

    /// <summary>The latest view of the city; null before the first one.</summary>
    public CityView? Latest => _latest;

    /// <summary>Reads the state of all facilities now.</summary>
    public async Task<CityView> LookAsync()
    {
        var look = watch.NextLook();
        try
        {
            var facilities = await watch.LookAsync(city.Facilities);
            return Keep(new(look, time.GetCurrentInstant(), facilities));
        }
        catch (StoreUnavailableException)
        {
            return Keep(new(look, time.GetCurrentInstant(), null));
        }
    }

    /// <summary>Makes a view the latest one, unless a later look was quicker.</summary>
    private CityView Keep(CityView view)
    {
        lock (_lock)
        {
            _latest = _latest is { } latest && latest.Look > view.Look ? latest : view;
        }

        return view;
    }

    public Task CatchUpAsync(CancellationToken cancellationToken) => TryLookAsync();

    /// <summary>Runs before the first request, so that a facility that is closed refuses the first scan too.</summary>
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

    /// <remarks>A bug in here must not stop the service: the next tick tries again.</remarks>
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

    [LoggerMessage(
        5003,
        LogLevel.Error,
        "Could not read the state of the facilities; the next tick tries again",
        EventName = "FacilityLookFailed")]
    private static partial void LookFailed(ILogger logger, Exception exception);
}
