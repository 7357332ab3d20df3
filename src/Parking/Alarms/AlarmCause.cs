using Parking.Facilities;
using Parking.Rights;

namespace Parking.Alarms;

/// <summary>
/// What causes an alarm, and its public name: <c>store_unreachable</c>, <c>gate_silent:hsp-in-1</c>. There is one alarm for each cause, so
/// that nothing is told twice, whoever finds it.
/// </summary>
/// <param name="Kind">The kind.</param>
/// <param name="Subject">The id of what it is about; null for the city's.</param>
public readonly record struct AlarmCause(AlarmKind Kind, string? Subject = null)
{
    private const int MaxSubject = 64;

    /// <summary>How soon somebody has to act, and when it is raised and returns.</summary>
    public AlarmRule Rule => AlarmRule.Of(Kind);

    public static AlarmCause Of(AlarmKind kind, Gate gate) => new(kind, gate.Id.Value);

    public static AlarmCause Of(AlarmKind kind, FacilityId facility) => new(kind, facility.Value);

    /// <summary>Reads a cause. What it names need not exist.</summary>
    /// <returns>False if the text is none.</returns>
    public static bool TryParse(string? text, out AlarmCause cause)
    {
        cause = default;
        var parts = (text ?? "").Split(':', 2);
        var subject = parts.ElementAtOrDefault(1);
        if (AlarmRule.KindOf(parts[0]) is not { } kind
            || (AlarmRule.Of(kind).Subject == AlarmSubject.City) != (subject is null)
            || subject is { Length: 0 or > MaxSubject }
            || subject?.Any(char.IsControl) == true)
        {
            return false;
        }

        cause = new(kind, subject);
        return true;
    }

    /// <summary>The gate that it is about; null if it is about none, or the city file no longer has it.</summary>
    public Gate? GateIn(CityDirectory city) => Rule.Subject == AlarmSubject.Gate ? city.FindGate(new(Subject!)) : null;

    /// <summary>The facility that it belongs to; null if it is the city's, or the city file no longer has it.</summary>
    public Facility? FacilityIn(CityDirectory city) =>
        Rule.Subject == AlarmSubject.Facility ? city.FindFacility(new(Subject!)) : GateIn(city)?.Facility;

    /// <summary>Whether the city file has what it names. The city's own alarms name nothing.</summary>
    public bool IsNamedIn(CityDirectory city) => Rule.Subject switch
    {
        AlarmSubject.City => true,
        AlarmSubject.Calendar => city.HolidayCalendars.Find(Subject!) is not null,
        _ => FacilityIn(city) is not null,
    };

    /// <summary>Where somebody needs a duty for it. What the city file no longer has is the city's matter.</summary>
    public Scope ScopeIn(CityDirectory city) => FacilityIn(city) is { } facility ? Scope.Of(facility.Id) : Scope.City;

    public override string ToString() => Subject is null ? Rule.Word : $"{Rule.Word}:{Subject}";
}
