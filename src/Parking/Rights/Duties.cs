using System.Collections.Immutable;
using Parking.Facilities;

namespace Parking.Rights;

/// <summary>All duties of one person.</summary>
public sealed class Duties(IEnumerable<Duty> duties, CityDirectory city)
{
    /// <summary>The duties, in the order in which they were stated, each once.</summary>
    public ImmutableArray<Duty> All { get; } = [.. duties.Distinct()];

    /// <summary>Whether the person has any duty at all.</summary>
    public bool AreNone => All.IsEmpty;

    /// <summary>Whether the person may do this everywhere in a scope.</summary>
    public bool Allows(DutyKind kind, Scope scope) => FirstThatAllows(kind, scope) is not null;

    /// <summary>The duty by which the person may do this everywhere in a scope; null if there is none.</summary>
    public Duty? FirstThatAllows(DutyKind kind, Scope scope)
    {
        foreach (var duty in All)
        {
            if (duty.Includes(new(kind, scope), city))
            {
                return duty;
            }
        }

        return null;
    }

    /// <summary>Whether the person may do this at a facility.</summary>
    public bool Allows(DutyKind kind, FacilityId facility) => Allows(kind, Scope.Of(facility));

    /// <summary>Whether the person may do this in any scope.</summary>
    public bool AllowSomewhere(DutyKind kind) => All.Any(duty => duty.Includes(duty with { Kind = kind }, city));
}
