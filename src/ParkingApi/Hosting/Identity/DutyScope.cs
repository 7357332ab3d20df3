using Parking.Facilities;
using Parking.Rights;

namespace Parking.Api.Hosting.Identity;

/// <summary>Where a call needs its duty.</summary>
/// <param name="Text">What it is, for the description of the call: <c>the city</c>, <c>the facility</c>.</param>
/// <param name="FindAsync">
/// Finds the scope of a request. Null if any scope will do: the call's own code then keeps to the caller's scopes. What does not exist is
/// the city's matter, so that only those who may see all of it learn that.
/// </param>
/// <param name="IsNamedByCaller">Whether the request names the scope itself, so that a refusal may name it too.</param>
internal sealed record DutyScope(string Text, Func<HttpContext, ValueTask<Scope?>> FindAsync, bool IsNamedByCaller)
{
    /// <summary>The whole city.</summary>
    public static readonly DutyScope City = new("the city", _ => new(Scope.City), IsNamedByCaller: true);

    /// <summary>Any scope.</summary>
    public static readonly DutyScope Anywhere = new("any scope, which the answer keeps to", _ => new((Scope?)null), IsNamedByCaller: false);

    /// <summary>The facility that the route names.</summary>
    public static DutyScope Facility(string parameter = "id") => new(
        "the facility",
        context => new(Scope.Of(new FacilityId($"{context.GetRouteValue(parameter)}"))),
        IsNamedByCaller: true);

    /// <summary>The facility that the query names; without one, any scope.</summary>
    public static DutyScope FacilityInQuery(string parameter) => new(
        "the facility; without one any scope, which the answer keeps to",
        context => new(context.Request.Query[parameter] is { Count: > 0 } id ? Scope.Of(new FacilityId($"{id}")) : null),
        IsNamedByCaller: true);

    /// <summary>The facility of the gate that the route names.</summary>
    public static DutyScope Gate(string parameter = "id") => new(
        "the gate's facility",
        context => new(
            context.RequestServices.GetRequiredService<CityDirectory>().FindGate(new($"{context.GetRouteValue(parameter)}")) is { } gate
                ? Scope.Of(gate.Facility.Id)
                : Scope.City),
        IsNamedByCaller: false);
}
