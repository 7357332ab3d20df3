using System.Globalization;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using Parking.Codes;

namespace Parking.Api.Tests.Gates;

/// <summary>
/// 58 rows from real car parks that break naive code, 2016 to 2018. Each row is a driver who was seen at its start, if it has one, and at
/// its end, if it has one. Each must end as docs/traces.md says.
/// </summary>
/// <remarks>
/// All rows are moved by one duration to after the beginning of the world. This makes no stay longer or shorter, and makes none end before
/// it began that did not before.
/// </remarks>
public abstract class LeeuwardenRows : GateWorldTests
{
    private static readonly DateTimeZone Amsterdam = DateTimeZoneProviders.Tzdb["Europe/Amsterdam"];

    /// <summary>
    /// In an hour that comes twice, an arrival is in the first and a departure in the second: the 50 minutes of the night on which clocks
    /// were set back.
    /// </summary>
    private static readonly ZoneLocalMappingResolver
        Arriving = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ThrowWhenSkipped),
        Leaving = Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ThrowWhenSkipped);

    [Fact]
    public async Task EachRow_EndsAsDocumented()
    {
        var rows = File.ReadLines(Assert.Single(SharedData.Events("leeuwarden", "rows.csv"))).Skip(1).Select(Row.Parse).ToList();
        var shift = World.Now - rows.SelectMany(row => row.Times).Min();
        var seen = rows.SelectMany((row, n) => new[]
            {
                (At: row.Start, Gate: $"large-in-{row.Garage}", Driver: n),
                (At: row.End, Gate: $"large-out-{row.Garage}", Driver: n),
            })
            .Where(passage => passage.At is not null)
            .OrderBy(passage => passage.At);
        var scene = new Scene(World);
        foreach (var (at, gate, driver) in seen)
        {
            var minute = (at!.Value + shift - World.Now).TotalMinutes;
            World.Time.Advance(TimeSpan.FromMinutes(minute));
            await scene.PassAsync(gate, DriverOf(driver));
        }

        var ended = new List<string>();
        for (var n = 0; n < rows.Count; n++)
        {
            var stays = (await World.TimelineAsync(DriverOf(n))).Stays;
            Assert.Equal(
                rows[n].Documented,
                stays.Select(stay => $"{stay.Ending} {stay.State} {(stay.EndedAt - stay.EnteredAt)?.TotalMinutes}".TrimEnd())
                    .Order(StringComparer.Ordinal));
            ended.AddRange(stays.Select(stay => $"{stay.Ending} {stay.State}"));
        }

        Assert.Equal(
            ["Exited Settled: 29", "MissedEntry Uncollectable: 20", "Open Settled: 22"],
            ended.GroupBy(state => state).Select(group => $"{group.Key}: {group.Count()}").Order(StringComparer.Ordinal));
        Assert.Equal(22, await World.OccupancyAsync("large"));
        await World.AssertSpacesAreTheOpenStaysAsync();
    }

    private static HolderId DriverOf(int row) => new((ulong)row + 1);

    private sealed record Row(int Garage, Instant? Start, Instant? End)
    {
        public IEnumerable<Instant> Times => new[] { Start, End }.Where(time => time is not null).Select(time => time!.Value);

        public string[] Documented => (Start, End) switch
        {
            ({ } start, { } end) when end >= start => [$"Exited Settled {(end - start).TotalMinutes}"],
            ({ }, { }) => ["MissedEntry Uncollectable", "Open Settled"],
            ({ }, null) => ["Open Settled"],
            _ => ["MissedEntry Uncollectable"],
        };

        public static Row Parse(string line)
        {
            var cells = line.Split(',');
            return new(int.Parse(cells[1], CultureInfo.InvariantCulture), InstantOf(cells[3], Arriving), InstantOf(cells[4], Leaving));
        }

        private static Instant? InstantOf(string cell, ZoneLocalMappingResolver resolver) => cell.Length == 0 ? null
            : LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm")
                .Parse(cell).Value.InZone(Amsterdam, resolver).ToInstant();
    }
}
