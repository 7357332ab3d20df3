using System.Collections.Concurrent;
using NodaTime;
using NodaTime.Extensions;
using Parking.Simulation.Cities;
using Parking.Simulation.Clients;
using Parking.Simulation.Demo;
using Parking.Simulation.Phones;
using Parking.Simulation.Replay.Driving;

namespace Parking.Simulation.LiveCity.Past;

/// <summary>
/// The hour before a living city is shown. A simulation lives through it in virtual time, with the city's own gates, drivers and operators,
/// all by their usual calls; then its clock is released, and the city goes on in real time.
/// </summary>
/// <param name="city">The facilities.</param>
/// <param name="lanes">Each gate's lane, by the gate's name. They have not met the service yet.</param>
/// <param name="people">The stamped HTTP client of everybody, with their tokens.</param>
/// <param name="attendance">Told who comes and goes.</param>
/// <param name="clock">The simulation's clock.</param>
/// <param name="now">Virtual time: at the start of the hour.</param>
/// <param name="report">Told how far it is.</param>
/// <param name="time">The machine's time.</param>
internal sealed class PastHour(
    CityPlan city, IReadOnlyDictionary<string, PastLane> lanes, PastPeople people, Attendance attendance, SimulationClock clock,
    VirtualTime now, Action<string> report, TimeProvider time)
{
    /// <summary>
    /// How often gates do their own work: a gate is silent after 25 s. A longer step of the clock would be a silence of all gates.
    /// </summary>
    private static readonly Duration Beat = Duration.FromSeconds(24);

    /// <summary>How often the service's own work is done in full. The curve of the day has a point every five minutes.</summary>
    private static readonly Duration SettleEvery = 10 * Beat;

    /// <summary>Before the hour, so that each facility has had its first stay when the hour begins: otherwise it is not told.</summary>
    private static readonly Duration LeadIn = Duration.FromMinutes(2);

    /// <summary>At once, and when an alarm has returned, which takes half a minute to a minute.</summary>
    private static readonly Duration[] LooksAfter = [Duration.FromMilliseconds(100), Duration.FromSeconds(35), Duration.FromSeconds(70)];

    private static readonly Duration ReportEvery = 25 * Beat;

    private static readonly TimeSpan ExpiredAge = TimeSpan.FromSeconds(152), ExitRetryAfter = TimeSpan.FromSeconds(24);

    private const string PosterText = "https://example.org/parking/welcome";

    private readonly Instant _starts = now.Now, _ends = time.GetUtcNow().ToInstant();
    private readonly Agenda _agenda = new();
    private readonly ConcurrentBag<Guest> _guests = [];

    /// <summary>Codes that are fetched so early that they have expired when they are shown, by driver.</summary>
    private readonly ConcurrentDictionary<int, string> _early = new();

    /// <summary>How long it is: 62 to 122 minutes.</summary>
    public Duration Length => _ends - _starts;

    /// <summary>Where it begins: shortly before the last hour of the clock that is over, so that the use of an hour can be told.</summary>
    public static Instant StartBefore(Instant end, DateTimeZone zone)
    {
        var local = end.InZone(zone);
        return end - (local.TimeOfDay - new LocalTime(local.Hour, 0)).ToDuration() - Duration.FromHours(1) - LeadIn;
    }

    /// <summary>Lives through the hour and through the seconds that this takes, and releases the clock.</summary>
    /// <param name="visits">Who comes. A driver's number is the visit's place in the list.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Who is inside in the end.</returns>
    /// <exception cref="ServiceRefusedException">The service did not do what it must.</exception>
    public async Task<IReadOnlyList<Guest>> LiveAsync(IReadOnlyList<PastVisit> visits, CancellationToken cancellationToken)
    {
        foreach (var (driver, visit) in visits.Index())
        {
            Schedule(driver, visit);
        }
        foreach (var chapter in new PastStory(city, lanes, people.Operators, attendance, Length.ToTimeSpan()).Chapters)
        {
            Add(chapter.At, chapter.Run);
            foreach (var after in chapter.ChangesAlarms ? LooksAfter : [])
            {
                Add(chapter.At + after.ToTimeSpan(), SettleAsync);
            }
        }
        ScheduleBeat(_starts);
        while (!_agenda.IsEmpty)
        {
            now.Now = _agenda.NextAt;
            await _agenda.RunNextAsync(cancellationToken);
        }
        foreach (var lane in lanes.Values)
        {
            await lane.ReportAsync(cancellationToken);
        }
        await SettleAsync(cancellationToken);
        await clock.ReleaseAsync(cancellationToken);
        return [.. _guests];
    }

    private void Schedule(int driver, PastVisit visit)
    {
        if (visit.Kind == VisitKind.Late && visit.At > ExpiredAge)
        {
            Add(visit.At - ExpiredAge, async cancelled => _early[driver] = await people.FetchAsync(driver, cancelled));
        }
        Add(visit.At, cancelled => ComeAsync(driver, visit, cancelled));
    }

    private async Task ComeAsync(int driver, PastVisit visit, CancellationToken cancellationToken)
    {
        var lane = FreeLane(visit.Entry);
        if (await OddTextAsync(driver, visit.Kind, cancellationToken) is { } odd)
        {
            await lane.ShowAsync(odd, cancellationToken);
        }
        var showing = await lane.ShowAsync(await people.FetchAsync(driver, cancellationToken), cancellationToken);
        if (showing.IsOpen)
        {
            attendance.Enter(driver, plate: null, lane.Facility.Id);
            Stay(driver, visit.Exit, visit.LeavesAt);
        }
    }

    private async Task<string?> OddTextAsync(int driver, VisitKind kind, CancellationToken cancellationToken) => kind switch
    {
        VisitKind.Late => _early.GetValueOrDefault(driver),
        VisitKind.Damaged => CodeDamage.ChangeSignature(await people.FetchAsync(driver, cancellationToken)),
        VisitKind.Poster => PosterText,
        _ => null,
    };

    private void Stay(int driver, GatePlan exit, TimeSpan leavesAt)
    {
        var length = Length.ToTimeSpan();
        if (leavesAt < length)
        {
            Add(leavesAt, cancelled => LeaveAsync(driver, exit, leavesAt, cancelled));
        }
        else
        {
            _guests.Add(new(driver, exit, leavesAt - length));
        }
    }

    private async Task LeaveAsync(int driver, GatePlan exit, TimeSpan at, CancellationToken cancellationToken)
    {
        var lane = FreeLane(exit);
        var showing = await lane.ShowAsync(await people.FetchAsync(driver, cancellationToken), cancellationToken);
        if (showing.IsOpen)
        {
            attendance.Leave(driver, plate: null, lane.Facility.Id);
        }
        else
        {
            Stay(driver, exit, at + ExitRetryAfter);
        }
    }

    /// <summary>The gate's lane; if its arm is stuck, one beside it that leads the same way.</summary>
    private PastLane FreeLane(GatePlan gate)
    {
        var lane = lanes[gate.Id];
        return !lane.IsJammed ? lane : lane.Facility.Gates.Where(other => other.Direction == gate.Direction)
            .Select(other => lanes[other.Id]).FirstOrDefault(other => !other.IsJammed) ?? lane;
    }

    private void Add(TimeSpan after, Func<CancellationToken, Task> run) =>
        _agenda.Add(new(_starts + Duration.FromTimeSpan(after), [], run));

    /// <summary>
    /// Plans the gates' next own work. After the hour only this is left, until virtual time is as late as the machine's.
    /// </summary>
    private void ScheduleBeat(Instant at) => _agenda.AddLast(new(at, [], async cancelled =>
    {
        await Task.WhenAll(lanes.Values.Select(lane => lane.WorkAsync(cancelled)));
        var lived = at - _starts;
        if (IsMultiple(lived, SettleEvery))
        {
            await SettleAsync(cancelled);
        }
        if (lived <= Length && IsMultiple(lived, ReportEvery))
        {
            report($"living through the last hour: {lived.TotalMinutes:0} of {Length.TotalMinutes:0} minutes");
        }
        if (at + Beat < Instant.Max(_ends, time.GetUtcNow().ToInstant()))
        {
            ScheduleBeat(at + Beat);
        }
    }));

    private static bool IsMultiple(Duration lived, Duration of) => lived.BclCompatibleTicks % of.BclCompatibleTicks == 0;

    /// <summary>Has the service do all that it otherwise does by and by. Others of this instant may be under way meanwhile.</summary>
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        await clock.AdvanceAsync(now.Now, cancellationToken);
        await clock.SettleAsync(cancellationToken);
    }
}
