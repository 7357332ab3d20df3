using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NodaTime.Extensions;
using Parking.Alarms;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Logbook;
using Parking.Occupancy;

namespace Parking.Api.Tests.Alarms;

/// <summary>What follows from a look at facilities and gates.</summary>
public sealed class CityConditionsTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 5, 4, 8, 0);
    private static readonly Instant Settled = Start + AlarmRule.SettlingTime;

    private readonly FakeTimeProvider _time = new(Start.ToDateTimeOffset());
    private readonly GateMishaps _mishaps;
    private readonly CityConditions _conditions;

    private Instant Now => Instant.FromDateTimeOffset(_time.GetUtcNow());

    public CityConditionsTests()
    {
        _mishaps = new(_time.ToClock());
        _conditions = new(_mishaps);
        Judge(Start, Facility("f1", Online()));
    }

    [Fact]
    public void StoreThatIsAway_IsAllThatIsKnown()
    {
        var look = Judge(Settled);

        Assert.Equal([new(AlarmKind.StoreUnreachable)], look.Present);
        Assert.False(look.IsKnown(new(AlarmKind.GateSilent, "f1-0")));
        Assert.False(look.IsKnown(new(AlarmKind.ExitBarrierFault, "f1-0")));
        Assert.True(look.IsKnown(new(AlarmKind.StoreUnreachable)));
    }

    [Fact]
    public void Gates_AfterTheStoreCameBack_HaveAMinuteToBeHeard()
    {
        Judge(Settled);

        var back = Judge(Settled + Duration.FromSeconds(1), Facility("f1", Silent(unsent: 3), Online()));
        var later = Judge(Settled + Duration.FromSeconds(61), Facility("f1", Silent(unsent: 3), Online()));

        Assert.False(back.IsKnown(new(AlarmKind.GateSilent, "f1-0")));
        Assert.Equal([new(AlarmKind.GateSilent, "f1-0")], later.Present);
    }

    [Fact]
    public void SilentGate_IsAnAlarmOnlyWithUnsentEvents() => Assert.Equal(
        [new(AlarmKind.GateSilent, "f1-1")], Judge(Settled, Facility("f1", Silent(), Silent(unsent: 1), Online(), Never())).Present);

    [Fact]
    public void Facility_WhoseGatesAreAllSilent_IsOneAlarm()
    {
        var look = Judge(Settled, Facility("f1", Silent(unsent: 1), Silent(), Never()), Facility("f2", Silent(unsent: 1), Online()));

        Assert.Equal([new(AlarmKind.FacilitySilent, "f1"), new(AlarmKind.GateSilent, "f2-0")], look.Present);
        Assert.False(look.IsKnown(new(AlarmKind.GateSilent, "f1-0")));
    }

    [Fact]
    public void City_OfWhichHalfTheGatesAreSilent_IsOneAlarm()
    {
        var (silent, heard) = (new[] { Silent(unsent: 1), Silent(unsent: 1) }, new[] { Online(), Online() });
        FacilityView[] city = [Facility("f1", silent), Facility("f2", silent), Facility("f3", heard), Facility("f4", heard)];

        var look = Judge(Settled, city);

        Assert.Equal([new(AlarmKind.ManyGatesSilent)], look.Present);
        Assert.False(look.IsKnown(new(AlarmKind.FacilitySilent, "f1")));
    }

    [Theory]
    [InlineData(GateDirection.Exit, AlarmKind.ExitBarrierFault)]
    [InlineData(GateDirection.Entry, AlarmKind.EntryBarrierFault)]
    public void Barrier_ThatDoesNotObey_IsAnAlarmOfItsDirection(GateDirection direction, AlarmKind kind)
    {
        var reported = Online() with { Condition = new(HasFault: true, IsOffline: false, null) };
        var beaten = Online() with { Barrier = BarrierPosition.Faulty };

        Assert.Equal([new(kind, "f1-0"), new(kind, "f1-1")], Judge(Start, Facility("f1", direction, reported, beaten)).Present);
    }

    [Fact]
    public void RefusingEverybody_Ends_WithTheFirstGoodCode()
    {
        var gate = Online() with { Condition = new(false, false, Incident(GateIncident.RefusesEverybody)) };
        var view = Facility("f1", gate);
        Assert.Equal([new(AlarmKind.RefusesEverybody, "f1-0")], Judge(Start, view).Present);

        _time.Advance(TimeSpan.FromMinutes(1));
        _mishaps.NoteScan(view.Gates[0].Gate, ScanReason.Expired, Now);
        Assert.NotEmpty(Judge(Now, view).Present);
        _mishaps.NoteScan(view.Gates[0].Gate, ScanReason.Entered, Now);

        Assert.Empty(Judge(Now, view).Present);
    }

    /// <summary>Whether a good code came before the restart, nothing stored says: what was over is not raised anew.</summary>
    [Fact]
    public void RefusingEverybody_FromBeforeARestart_IsNotKnown_UntilItsHourIsOver()
    {
        var view = Facility("f1", Online() with { Condition = new(false, false, Incident(GateIncident.RefusesEverybody)) });
        _time.Advance(TimeSpan.FromMinutes(1));
        var restarted = new CityConditions(new(_time.ToClock()));
        AlarmConditions within = new(), after = new();

        restarted.Judge(new(1, Now, [view]), within);
        restarted.Judge(new(2, Start + AlarmRule.IncidentTime + Duration.FromSeconds(1), [view]), after);

        var cause = new AlarmCause(AlarmKind.RefusesEverybody, "f1-0");
        Assert.Equal((false, false), (within.Holds(cause), within.IsKnown(cause)));
        Assert.Equal((false, true), (after.Holds(cause), after.IsKnown(cause)));
    }

    [Fact]
    public void Tailgating_StandsForAnHour()
    {
        var view = Facility("f1", Online() with { Condition = new(false, false, Incident(GateIncident.Tailgating)) });

        Assert.Equal([new(AlarmKind.Tailgating, "f1-0")], Judge(Start + AlarmRule.IncidentTime, view).Present);
        Assert.Empty(Judge(Start + AlarmRule.IncidentTime + Duration.FromSeconds(1), view).Present);
    }

    [Theory]
    [InlineData(0, 30, false)]
    [InlineData(0, 31, true)]
    [InlineData(9, 1, false)]
    [InlineData(10, 1, true)]
    [InlineData(9, null, false)]
    public void Count_IsOverdue_WhenItIsOldOrMuchIsUnexplained(int unexplained, int? daysAgo, bool isOverdue)
    {
        var view = Facility("f1", Online()) with
        {
            Trust = new(OccupancyConfidence.Reduced, 0, 0, unexplained, 0),
            CountedAt = daysAgo is { } days ? Start - Duration.FromDays(days) : null,
        };

        Assert.Equal(isOverdue ? [new(AlarmKind.CountOverdue, "f1")] : [], Judge(Start, view).Present);
    }

    [Fact]
    public void BadSignatures_AreAnAlarm_WhenFiveComeWithinTenMinutes()
    {
        var gate = Facility("f1", Online()).Gates[0].Gate;
        for (var n = 0; n < 9; n++)
        {
            _mishaps.NoteScan(gate, ScanReason.BadSignature, Now);
            _mishaps.NoteScan(gate, n % 2 == 0 ? ScanReason.Full : ScanReason.CodeUsed, Now);
            _time.Advance(TimeSpan.FromMinutes(3));
        }

        Assert.Empty(_mishaps.Take());
        for (var n = 0; n < 5; n++)
        {
            _mishaps.NoteScan(gate, ScanReason.BadSignature, Now);
        }

        Assert.Equal([new(AlarmKind.BadSignatures, "f1-0")], _mishaps.Take());
        Assert.Empty(_mishaps.Take());
    }

    /// <summary>A gate that was cut off sends the scans of days at once.</summary>
    [Theory]
    [InlineData(2, 0)]
    [InlineData(0, 20)]
    public void BadSignatures_OfDays_AreNoRun(int hoursAgo, int minutesBetween)
    {
        var gate = Facility("f1", Online()).Gates[0].Gate;
        for (var n = 0; n < 20; n++)
        {
            _mishaps.NoteScan(
                gate, ScanReason.BadSignature, Now - Duration.FromHours(hoursAgo) - Duration.FromMinutes(n * minutesBetween));
        }

        Assert.Empty(_mishaps.Take());
    }

    private static GateView Online() => Gate(GatePresence.Online, 0);

    private static GateView Silent(long unsent = 0) => Gate(GatePresence.Silent, unsent);

    private static GateView Never() => Gate(GatePresence.Never, 0);

    private static GateView Gate(GatePresence presence, long unsent) => new(null!, presence, null, unsent, GateCondition.Good);

    private static LogEntry Incident(GateIncident incident) => LogEntry.Incident(new(new("f1-0"), new(1), 1), Start, Start, incident);

    private static FacilityView Facility(string id, params GateView[] gates) => Facility(id, GateDirection.Entry, gates);

    private static FacilityView Facility(string id, GateDirection direction, params GateView[] gates)
    {
        var facility = new Facility
        {
            Id = new(id),
            District = new("d"),
            Name = new("停", "P"),
            Capacity = 10,
            EnforcesCapacity = true,
            MissedEntry = MissedEntryPolicy.Open,
            TimeZone = DateTimeZone.Utc,
        };
        return new(
            1, new("e", 1), facility, 0, FacilityState.Open, OccupancyTrust.None,
            [.. gates.Select((gate, n) => gate with { Gate = new(new($"{id}-{n}"), direction, facility) })]);
    }

    /// <summary>Without facilities the store is away.</summary>
    private AlarmConditions Judge(Instant at, params FacilityView[] facilities)
    {
        var look = new AlarmConditions();
        _conditions.Judge(new(1, at, facilities.Length == 0 ? null : facilities), look);
        return look;
    }
}
