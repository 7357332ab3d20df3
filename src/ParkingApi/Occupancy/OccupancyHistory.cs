using NodaTime;
using Parking.Api.Hosting;
using Parking.Facilities;

namespace Parking.Api.Occupancy;

/// <summary>
/// The numbers that the board showed, one for every 300 seconds: those of today and yesterday, in memory. It begins when the service
/// starts.
/// </summary>
/// <remarks>
/// Steps are counted from the Unix epoch, so that all facilities share them. Midnight of every time zone of today begins a step; days of 23
/// and of 25 hours have fewer and more of them. A step has the first number that was known in it.
/// </remarks>
internal sealed class OccupancyHistory(OccupancyBoard board, CityDirectory city, TimeProvider time) : BackgroundService, IBackgroundWork
{
    public const int StepSeconds = 300;

    /// <summary>Two days of 25 hours.</summary>
    private const int KeptSteps = 2 * 25 * 3600 / StepSeconds;

    private const int Unknown = -1;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastDistance = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();

    /// <summary>The step whose numbers each column of <see cref="_numbers"/> has.</summary>
    private readonly long[] _steps = [.. Enumerable.Repeat(-1L, KeptSteps)];

    /// <summary>Column by column, the facilities in the order of the city file.</summary>
    private readonly int[] _numbers = new int[KeptSteps * city.Facilities.Length];

    private readonly Dictionary<FacilityId, int> _rows = city.Facilities.Index().ToDictionary(one => one.Item.Id, one => one.Index);

    /// <summary>The newest step in which every facility's number is known.</summary>
    private long _whole = -1;

    /// <summary>The start of the facility's current day, and its number in each step since then; null where it is not known.</summary>
    public (Instant From, IReadOnlyList<int?> Numbers) TodayOf(Facility facility)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var from = facility.TimeZone.AtStartOfDay(now.InZone(facility.TimeZone).Date).ToInstant();
        var (first, last, row) = (StepOf(from), StepOf(now), _rows[facility.Id]);
        var numbers = new int?[last - first + 1];
        lock (_lock)
        {
            for (var step = first; step <= last; step++)
            {
                var column = (int)(step % KeptSteps);
                if (_steps[column] == step && _numbers[(column * _rows.Count) + row] is var number && number != Unknown)
                {
                    numbers[step - first] = number;
                }
            }
        }

        return (from, numbers);
    }

    public Task CatchUpAsync(CancellationToken cancellationToken)
    {
        Note();
        return Task.CompletedTask;
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Note();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new SparseTimer(Period, LeastDistance, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Note();
        }
    }

    /// <summary>Notes the numbers of the current step that are not noted yet.</summary>
    private void Note()
    {
        var step = StepOf(Instant.FromDateTimeOffset(time.GetUtcNow()));
        lock (_lock)
        {
            if (step <= _whole)
            {
                return;
            }

            var column = (int)(step % KeptSteps);
            var numbers = _numbers.AsSpan(column * _rows.Count, _rows.Count);
            if (_steps[column] != step)
            {
                _steps[column] = step;
                numbers.Fill(Unknown);
            }

            foreach (var (row, state) in board.StatesOf(city.Facilities).Index())
            {
                if (numbers[row] == Unknown && state.Shown is { } shown)
                {
                    numbers[row] = shown;
                }
            }

            _whole = numbers.Contains(Unknown) ? _whole : step;
        }
    }

    private static long StepOf(Instant instant) => instant.ToUnixTimeSeconds() / StepSeconds;
}
