using Parking.Alarms;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Audit;
using Parking.BackOffice.Cases;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.Rights;

namespace Parking.Api.Hosting.Audit;

/// <summary>
/// What an act is and what it is about, as the audit has it for ever. Only names that the city or the service gave may stand here: what a
/// caller wrote into an address may be anything.
/// </summary>
/// <param name="Act">What is done, in snake case.</param>
/// <param name="Target">A kind, a colon and a name, such as <c>facility:hsp</c>.</param>
internal sealed record AuditSubject(string Act, string Target)
{
    /// <summary>The name of what there is not.</summary>
    private const string Unknown = "?";

    /// <summary>What can be erased later: the reason, and which stay it is about.</summary>
    public AuditDetail? Detail { get; init; }

    /// <summary>An act on the whole city.</summary>
    public static AuditSubject OfCity(string act, AuditDetail? detail = null) => new(act, "city") { Detail = detail };

    /// <summary>An act on the facility that the route names.</summary>
    public static AuditSubject OfFacility(string act, HttpContext http, string parameter = "id") => new(
        act,
        $"facility:{http.RequestServices.GetRequiredService<CityDirectory>().FindFacility(new($"{http.GetRouteValue(parameter)}"))?.Id.Value
            ?? Unknown}");

    /// <summary>
    /// An act on the stay that the route names. For ever it has the archive's name; its public name, which tells the service whose it is,
    /// can be erased.
    /// </summary>
    public static AuditSubject OfStay(string act, HttpContext http, string parameter = "id", string? reason = null)
    {
        if (!CodeId.TryParse($"{http.GetRouteValue(parameter)}", out var name))
        {
            return new(act, $"stay:{Unknown}");
        }

        var archived = http.RequestServices.GetRequiredService<ArchiveKeys>().StayOf(name);
        return new(act, $"stay:{archived}") { Detail = new(reason, name.ToString()) { ArchivedStay = archived } };
    }

    /// <summary>An act on the case that the route names. What people write in it is kept with the case, and not here.</summary>
    public static AuditSubject OfCase(string act, HttpContext http, string parameter) =>
        new(act, $"case:{(CaseNumber.TryParse($"{http.GetRouteValue(parameter)}", out var number) ? number.ToString() : Unknown)}");

    /// <summary>An act on an alarm that the book knows (<see cref="AlarmBook.Knows"/>).</summary>
    public static AuditSubject OfAlarm(string act, AlarmCause alarm, string? reason = null) =>
        new(act, $"alarm:{alarm}") { Detail = reason is null ? null : new(reason) };

    /// <summary>An act on the alarm that the route names.</summary>
    public static AuditSubject OfAlarm(string act, HttpContext http, string? reason = null) =>
        AlarmCause.TryParse($"{http.GetRouteValue("id")}", out var alarm)
            && http.RequestServices.GetRequiredService<AlarmBook>().Knows(
                alarm, http.RequestServices.GetRequiredService<CityDirectory>())
            ? OfAlarm(act, alarm, reason)
            : new(act, $"alarm:{Unknown}");

    /// <summary>An act on a wall screen. Its id is a ULID, which names nobody.</summary>
    /// <param name="act">What is done.</param>
    /// <param name="id">The screen's id, as the caller wrote it.</param>
    /// <param name="scope">What the screen may watch from then on; null if the act does not give it anything.</param>
    public static AuditSubject OfScreen(string act, string? id, Scope? scope = null) => new(
        act, $"screen:{(CommandId.TryParse(id, out var screen) ? screen.Value : Unknown)}{(scope is { } given ? $"@{given}" : "")}");

    /// <summary>An act on the key that the route names.</summary>
    public static AuditSubject OfKey(string act, HttpContext http, string parameter) =>
        new(act, $"key:{(KeyId.TryParse($"{http.GetRouteValue(parameter)}", out var key) ? key.ToString() : Unknown)}");
}
