using Parking.Simulation.Cities;
using Parking.Simulation.Demo;

namespace Parking.Simulation.LiveCity.Past;

/// <summary>
/// What happens once in the past hour beside the traffic, so that operators have something to look back on: an attendant counts, a car park
/// is closed for a while, arms are stuck, somebody follows through, and whoever is on duty deals with it.
/// </summary>
/// <param name="city">The facilities.</param>
/// <param name="lanes">Each gate's lane, by the gate's name.</param>
/// <param name="operators">Act.</param>
/// <param name="attendance">Who is inside.</param>
/// <param name="length">How long the past hour is.</param>
internal sealed class PastStory(
    CityPlan city, IReadOnlyDictionary<string, PastLane> lanes, PastOperators operators, Attendance attendance, TimeSpan length)
{
    private const string CountReason = "例行盘点 · regular count", OpenReason = "横杆卡住 · the arm is stuck";

    // Between two seconds, when nothing else happens.
    private static readonly TimeSpan Half = TimeSpan.FromMilliseconds(500);

    private readonly GatePlan _jammedExit = city.Facilities[0].Exits.First();
    private readonly GatePlan _stuckEntry = city.Facilities[^1].Entries.First();
    private readonly GatePlan _followedEntry = city.Facilities[2].Entries.First();

    /// <summary>What happens when, after the start of the hour; and whether alarms are to be looked at then.</summary>
    public IEnumerable<PastChapter> Chapters
    {
        get
        {
            var (jammed, stuck, followed) = (lanes[_jammedExit.Id], lanes[_stuckEntry.Id], lanes[_followedEntry.Id]);
            var (closed, controller) = (city.Facilities[3].Id, DemoOperator.Controller);
            return
            [
                new(Before(46), CountAsync),
                new(Before(40), cancelled => operators.CloseAsync(controller, closed, closed: true, cancelled)),
                new(Before(34), cancelled => operators.CloseAsync(controller, closed, closed: false, cancelled)),
                new(Before(29), jammed.JamAsync, ChangesAlarms: true),
                new(Before(28), cancelled => operators.AcknowledgeAsync(
                    controller, $"exit_barrier_fault:{_jammedExit.Id}", cancelled)),
                new(Before(27), cancelled => jammed.ObeyAsync(
                    () => operators.OpenOnceAsync(DemoOperator.Attendant, _jammedExit.Id, OpenReason, cancelled), cancelled),
                    ChangesAlarms: true),
                new(Before(21), stuck.JamAsync, ChangesAlarms: true),
                new(Before(18), stuck.RepairAsync, ChangesAlarms: true),
                new(Before(13), followed.TailgateAsync, ChangesAlarms: true),
                new(Before(11), cancelled => operators.AcknowledgeAsync(controller, $"tailgating:{_followedEntry.Id}", cancelled)),
            ];
        }
    }

    /// <summary>Counts the facility of the attendant, once its gates have told all that they know.</summary>
    private async Task CountAsync(CancellationToken cancellationToken)
    {
        var facility = city.Facilities[0];
        foreach (var gate in facility.Gates)
        {
            await lanes[gate.Id].ReportAsync(cancellationToken);
        }
        await operators.CountAsync(
            DemoOperator.Attendant, facility.Id, attendance.CountIn(facility.Id), CountReason, cancellationToken);
    }

    /// <summary>So long before the end.</summary>
    private TimeSpan Before(int minutes) => TimeSpan.FromSeconds(Math.Floor(length.TotalSeconds)) - TimeSpan.FromMinutes(minutes) + Half;
}

/// <summary>Something that happens once.</summary>
/// <param name="At">When, after the start of the hour.</param>
/// <param name="Run">Makes it happen.</param>
/// <param name="ChangesAlarms">Whether an alarm is raised by it, or returns.</param>
internal sealed record PastChapter(TimeSpan At, Func<CancellationToken, Task> Run, bool ChangesAlarms = false);
