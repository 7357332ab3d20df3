using NodaTime;
using Parking.GateProtocol;
using Parking.Logbook;
using Parking.Occupancy;

namespace Parking.Alarms;

/// <summary>
/// Judges the conditions that a look at the city's facilities and gates shows. While the store is out of reach that is all that is known:
/// an outage that silences every gate is one alarm.
/// </summary>
/// <remarks>For one caller at a time.</remarks>
public sealed class CityConditions(GateMishaps mishaps)
{
    private static readonly AlarmKind[] OfSilence = [AlarmKind.ManyGatesSilent, AlarmKind.FacilitySilent, AlarmKind.GateSilent];

    private static readonly AlarmKind[] OfTheStore =
    [
        .. OfSilence, AlarmKind.ExitBarrierFault, AlarmKind.EntryBarrierFault, AlarmKind.RefusesEverybody, AlarmKind.Tailgating,
        AlarmKind.CountOverdue,
    ];

    /// <summary>Since when the store has been read without a break; null while it cannot be.</summary>
    private Instant? _readSince;

    /// <summary>Adds what a view shows to a look.</summary>
    public void Judge(CityView view, AlarmConditions look)
    {
        if (view.Facilities is not { } facilities)
        {
            _readSince = null;
            look.Add(new(AlarmKind.StoreUnreachable));
            look.CannotKnow(OfTheStore);
            return;
        }

        _readSince ??= view.At;
        foreach (var facility in facilities)
        {
            JudgeCount(facility, view.At, look);
            foreach (var gate in facility.Gates)
            {
                JudgeGate(gate, view.At, look);
            }
        }

        if (view.At - _readSince < AlarmRule.SettlingTime)
        {
            look.CannotKnow(OfSilence);
        }
        else
        {
            JudgeSilence(facilities, look);
        }
    }

    /// <summary>
    /// The widest that is silent is the cause: the city, a facility, a gate. About what lies within it nothing is said.
    /// </summary>
    private static void JudgeSilence(IReadOnlyList<FacilityView> facilities, AlarmConditions look)
    {
        var heard = facilities.SelectMany(HeardIn).ToList();
        if (heard.Count >= AlarmRule.ManyGates && 2 * heard.Count(IsSilent) >= heard.Count)
        {
            look.CannotKnow(AlarmKind.FacilitySilent, AlarmKind.GateSilent);
            look.Add(new(AlarmKind.ManyGatesSilent));
            return;
        }

        foreach (var facility in facilities)
        {
            var gates = HeardIn(facility).ToList();
            if (gates.Count > 1 && gates.TrueForAll(IsSilent))
            {
                look.Add(AlarmCause.Of(AlarmKind.FacilitySilent, facility.Facility.Id));
                gates.ForEach(gate => look.CannotKnow(AlarmCause.Of(AlarmKind.GateSilent, gate.Gate)));
                continue;
            }

            foreach (var gate in gates.Where(gate => IsSilent(gate) && gate.Unsent > 0))
            {
                look.Add(AlarmCause.Of(AlarmKind.GateSilent, gate.Gate));
            }
        }
    }

    private static void JudgeCount(FacilityView facility, Instant now, AlarmConditions look)
    {
        if (facility.Trust.Unexplained >= AlarmRule.UnexplainedUntilCount || facility.CountedAt < now - AlarmRule.CountTime)
        {
            look.Add(AlarmCause.Of(AlarmKind.CountOverdue, facility.Facility.Id));
        }
    }

    private static IEnumerable<GateView> HeardIn(FacilityView facility) =>
        facility.Gates.Where(gate => gate.Presence != GatePresence.Never);

    private static bool IsSilent(GateView gate) => gate.Presence == GatePresence.Silent;

    private void JudgeGate(GateView gate, Instant now, AlarmConditions look)
    {
        if (gate.Condition.HasFault || gate.Barrier == BarrierPosition.Faulty)
        {
            var isExit = gate.Gate.Direction == GateDirection.Exit;
            look.Add(AlarmCause.Of(isExit ? AlarmKind.ExitBarrierFault : AlarmKind.EntryBarrierFault, gate.Gate));
        }

        if (gate.Condition.LastIncident is not { } incident || now - incident.OccurredAt > AlarmRule.IncidentTime)
        {
            return;
        }

        if (incident.IncidentOf == GateIncident.Tailgating)
        {
            look.Add(AlarmCause.Of(AlarmKind.Tailgating, gate.Gate));
        }
        else if (incident.IncidentOf == GateIncident.RefusesEverybody && !mishaps.HasSeenAGoodCode(gate.Gate.Id, incident.OccurredAt))
        {
            JudgeRefusals(AlarmCause.Of(AlarmKind.RefusesEverybody, gate.Gate), incident, look);
        }
    }
    /// <summary>
    /// Of an incident from before this instance heard codes it cannot know whether good ones came since. Otherwise each restart would raise
    /// anew what is over.
    /// </summary>
    private void JudgeRefusals(AlarmCause cause, LogEntry incident, AlarmConditions look)
    {
        if (incident.RecordedAt < mishaps.HeardSince)
        {
            look.CannotKnow(cause);
        }
        else
        {
            look.Add(cause);
        }
    }
}
