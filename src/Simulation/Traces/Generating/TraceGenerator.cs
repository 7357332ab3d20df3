using NodaTime;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Traces.Generating;

/// <summary>
/// Generates a trace. The header contains the number of events, and events are not kept in memory. So the city is simulated several times:
/// first to count the events, then to write them.
/// </summary>
public static class TraceGenerator
{
    private const int MostRuns = 12;

    /// <summary>The largest load of a lane, averaged over an hour. Above it the queue would grow without end.</summary>
    private const double BusiestLane = 0.8;

    private const double SecondsPerHour = 3600, ScansPerVisit = 1.95, MostNextStops = 0.9, LateShare = 0.02, MostChange = 10,
        Margin = 1.004;

    /// <summary>Generates a trace.</summary>
    /// <param name="options">What to generate.</param>
    /// <param name="profile">The city's profile.</param>
    /// <param name="output">Receives the trace.</param>
    /// <param name="progress">Called with the finished share.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The counts of the written events.</returns>
    /// <exception cref="SettingsException">The city cannot have the requested traffic.</exception>
    public static TraceCounts Generate(
        GenerateOptions options, CityProfile profile, Stream output, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var facilities = CityLayout.Create(profile, options.Facilities, options.Seed);
        var (demand, searched) = FindDemand(options, profile, facilities, done => progress.Report(done / 2), cancellationToken);
        var city = CityDocument.Create(profile, facilities, searched.MostTaken);
        var header = new TraceHeader
        {
            Source = $"generate --seed {options.Seed} --facilities {options.Facilities}"
                + (options.Scans is { } scans ? $" --scans {scans}" : "")
                + $" --start {LocalDatePattern(options.Start)} --days {options.Days}"
                + (options.ProfilePath is null ? "" : " with a profile"),
            Seed = options.Seed,
            Starts = demand.Starts,
            Ends = demand.Ends,
            Events = searched.Events,
            Scans = searched.Scans,
            City = city,
        };
        using var writer = new TraceWriter(output, header);
        var written = new TraceCounts();
        var simulation = new CitySimulation(profile, facilities, demand, next =>
        {
            written.Add(next);
            writer.Write(next);
        });
        simulation.Run(done => progress.Report((1 + done) / 2), cancellationToken);
        return written;
    }

    /// <summary>Finds the demand that gives the requested number of scans, and counts its events.</summary>
    private static (CityDemand Demand, TraceCounts Counts) FindDemand(
        GenerateOptions options, CityProfile profile, IReadOnlyList<PlannedFacility> facilities, Action<double> progress,
        CancellationToken cancellationToken)
    {
        var demand = new CityDemand
        {
            Seed = options.Seed,
            Starts = profile.TimeZone.AtStartOfDay(options.Start).ToInstant(),
            Ends = profile.TimeZone.AtStartOfDay(options.Start.PlusDays(options.Days)).ToInstant(),
            Scale = 1,
        };
        if (options.Scans is not { } wanted)
        {
            CheckLanes(demand, facilities, profile.TimeZone);
            return (demand, Count(profile, facilities, demand, progress, cancellationToken));
        }

        var arrivals = Arrivals(demand, facilities, profile.TimeZone).ToList();
        var total = arrivals.Sum(arrival => arrival.Rate);
        demand = demand with
        {
            Scale = total > 0
                ? wanted / (total * ScansPerVisit / (1 - Math.Min(profile.Shares.NextStops, MostNextStops)))
                : throw new SettingsException("the profile has no arrivals on these days"),
            MaxScans = wanted,
        };
        for (var run = 0; run < MostRuns; run++)
        {
            CheckLanes(demand, facilities, profile.TimeZone);
            var found = Count(profile, facilities, demand, done => progress((run + done) / (run + 2)), cancellationToken);

            // The share of arrivals after the last scan. It must be small, so that traffic continues until the end of the last day.
            var late = arrivals.Where(arrival => arrival.Hour > found.LastScan).Sum(arrival => arrival.Rate) / total;
            if (found.Scans == wanted && late <= LateShare)
            {
                return (demand, found);
            }
            var change = found.Scans == wanted ? 1 - late : Math.Min(MostChange, (double)wanted / Math.Max(1, found.Scans));
            demand = demand with { Scale = demand.Scale * change * Margin };
        }
        throw TooBusy("the queues at the gates grow without end");
    }

    private static TraceCounts Count(
        CityProfile profile, IReadOnlyList<PlannedFacility> facilities, CityDemand demand, Action<double> progress,
        CancellationToken cancellationToken)
    {
        var counts = new TraceCounts();
        var simulation = new CitySimulation(profile, facilities, demand, counts.Add);
        simulation.Run(progress, cancellationToken);
        counts.MostTaken = [.. simulation.Places.Select(place => place.MostTaken)];
        return counts;
    }

    private static IEnumerable<(PlannedFacility Facility, Instant Hour, double Rate)> Arrivals(
        CityDemand demand, IReadOnlyList<PlannedFacility> facilities, DateTimeZone zone)
    {
        for (var hour = demand.Starts; hour < demand.Ends; hour += Duration.FromHours(1))
        {
            var local = hour.InZone(zone).LocalDateTime;
            foreach (var facility in facilities)
            {
                yield return (facility, hour, demand.ArrivalsIn(facility, local));
            }
        }
    }

    private static void CheckLanes(CityDemand demand, IReadOnlyList<PlannedFacility> facilities, DateTimeZone zone)
    {
        var perLane = BusiestLane * SecondsPerHour * 1000 / Lane.Spacing;
        var (facility, _, rate) = Arrivals(demand, facilities, zone).MaxBy(
            arrival => arrival.Rate / Math.Min(arrival.Facility.Kind.Entries, arrival.Facility.Kind.Exits));
        if (rate > perLane * Math.Min(facility.Kind.Entries, facility.Kind.Exits))
        {
            throw TooBusy($"{facility.Id} would have {rate:0} arrivals in its busiest hour, and a lane takes {perLane:0}");
        }
    }

    private static SettingsException TooBusy(string why) =>
        new($"{why}: ask for fewer --scans, for more --facilities or --days, or for more lanes in a profile");

    private static string LocalDatePattern(LocalDate date) => NodaTime.Text.LocalDatePattern.Iso.Format(date);
}
