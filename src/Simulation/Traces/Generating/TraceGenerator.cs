using NodaTime;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Traces.Generating;

/// <summary>
/// Generates a trace. The header says how much follows, and nothing is kept in memory: so a city happens several times, first to be
/// counted, then to be written.
/// </summary>
public static class TraceGenerator
{
    private const int MostRuns = 12;

    /// <summary>Lanes that are busier than this by the hour's average have no end to their queues.</summary>
    private const double BusiestLane = 0.8;

    private const double SecondsPerHour = 3600, ScansPerVisit = 1.95, MostNextStops = 0.9, LateShare = 0.02, MostChange = 10,
        Margin = 1.004;

    /// <summary>Generates a trace.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="profile">What the city is like.</param>
    /// <param name="output">Where the trace goes.</param>
    /// <param name="progress">Told what share is done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How much was written.</returns>
    /// <exception cref="SettingsException">The city cannot do what is asked.</exception>
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

    /// <summary>Finds how much must happen for as many scans as were asked for, and counts what happens then.</summary>
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
                : throw new SettingsException("by this profile, nobody arrives on these days"),
            MaxScans = wanted,
        };
        for (var run = 0; run < MostRuns; run++)
        {
            CheckLanes(demand, facilities, profile.TimeZone);
            var found = Count(profile, facilities, demand, done => progress((run + done) / (run + 2)), cancellationToken);

            // Those who would still have come when the last scan was reached: few, so that the traffic goes on to the end of the last day.
            var late = arrivals.Where(arrival => arrival.Hour > found.LastScan).Sum(arrival => arrival.Rate) / total;
            if (found.Scans == wanted && late <= LateShare)
            {
                return (demand, found);
            }
            var change = found.Scans == wanted ? 1 - late : Math.Min(MostChange, (double)wanted / Math.Max(1, found.Scans));
            demand = demand with { Scale = demand.Scale * change * Margin };
        }
        throw TooBusy("the queues at the gates never end");
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
