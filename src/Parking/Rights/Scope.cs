using Parking.Facilities;

namespace Parking.Rights;

/// <summary>
/// A part of the city that a duty is for: all of it, a district, or a facility. Its name is <c>city</c>, <c>district:&lt;id&gt;</c> or
/// <c>facility:&lt;id&gt;</c>. A scope may name what the city file does not have.
/// </summary>
public readonly record struct Scope
{
    private const string CityName = "city", DistrictPrefix = "district:", FacilityPrefix = "facility:";

    /// <summary>The whole city.</summary>
    public static Scope City => default;

    /// <summary>The district, if this is the scope of one.</summary>
    public DistrictId? District { get; private init; }

    /// <summary>The facility, if this is the scope of one.</summary>
    public FacilityId? Facility { get; private init; }

    /// <summary>A district with all its facilities.</summary>
    public static Scope Of(DistrictId district) => new() { District = district };

    /// <summary>One facility.</summary>
    public static Scope Of(FacilityId facility) => new() { Facility = facility };

    /// <summary>Reads a scope's name.</summary>
    /// <returns>False if the text is no such name.</returns>
    public static bool TryParse(ReadOnlySpan<char> name, out Scope scope)
    {
        scope = City;
        if (name.SequenceEqual(CityName))
        {
            return true;
        }

        if (name.StartsWith(DistrictPrefix, StringComparison.Ordinal) && CityId.IsWellFormed(name[DistrictPrefix.Length..]))
        {
            scope = Of(new DistrictId(name[DistrictPrefix.Length..].ToString()));
            return true;
        }

        if (name.StartsWith(FacilityPrefix, StringComparison.Ordinal) && CityId.IsWellFormed(name[FacilityPrefix.Length..]))
        {
            scope = Of(new FacilityId(name[FacilityPrefix.Length..].ToString()));
            return true;
        }

        return false;
    }

    /// <summary>
    /// Whether everything in <paramref name="narrower"/> is in this scope: the city includes every scope, also those that name what it does
    /// not have; a district includes itself and its facilities.
    /// </summary>
    public bool Includes(Scope narrower, CityDirectory city)
    {
        ArgumentNullException.ThrowIfNull(city);
        return this == City
            || this == narrower
            || (District is { } district && narrower.Facility is { } facility && city.FindFacility(facility)?.District == district);
    }

    /// <summary>The scope's name.</summary>
    public override string ToString() =>
        District is { } district ? DistrictPrefix + district : Facility is { } facility ? FacilityPrefix + facility : CityName;
}
