using NodaTime;
using Parking.Alarms;
using Parking.Facilities;

namespace Parking.Api.Alarms;

/// <summary>Maps alarms to contracts.</summary>
internal static class AlarmMapping
{
    public static Contracts.AlarmMessage ToMessage(this Alarm alarm, CityDirectory city, Instant now) => new(
        alarm.Cause.ToString(),
        alarm.Cause.Kind.ToContract(),
        alarm.Cause.Rule.Priority.ToContract(),
        alarm.StateAt(now).ToContract(),
        alarm.Occurrence,
        alarm.Cause.FacilityIn(city)?.Id.Value,
        alarm.Cause.GateIn(city)?.Id.Value,
        alarm.RaisedAt,
        alarm.IsActive ? null : alarm.ReturnedAt,
        alarm.ShelvingAt(now)?.Until);

    public static Contracts.AlarmAnswer ToContract(this Alarm alarm, CityDirectory city, Instant now) => new()
    {
        Id = alarm.Cause.ToString(),
        Kind = alarm.Cause.Kind.ToContract(),
        Priority = alarm.Cause.Rule.Priority.ToContract(),
        State = alarm.StateAt(now).ToContract(),
        Occurrence = alarm.Occurrence,
        Facility = alarm.Cause.FacilityIn(city)?.Id.Value,
        Gate = alarm.Cause.GateIn(city)?.Id.Value,
        RaisedAt = alarm.RaisedAt,
        ReturnedAt = alarm.IsActive ? null : alarm.ReturnedAt,
        AcknowledgedAt = alarm.Acknowledgement?.At,
        AcknowledgedBy = alarm.Acknowledgement?.By,
        Shelving = alarm.ShelvingAt(now) is { } shelving ? new(shelving.Reason, shelving.By, shelving.At, shelving.Until) : null,
    };

    public static Contracts.AlarmMeaning ToContract(this AlarmRule rule)
    {
        var text = AlarmText.Of(rule.Kind);
        return new(rule.Kind.ToContract(), rule.Priority.ToContract(), text.Name, text.Meaning, text.Action);
    }

    public static Contracts.AlarmPriority ToContract(this AlarmPriority priority) => (Contracts.AlarmPriority)(int)priority;

    private static Contracts.AlarmKind ToContract(this AlarmKind kind) => (Contracts.AlarmKind)(int)kind;

    private static Contracts.AlarmState ToContract(this AlarmState state) => (Contracts.AlarmState)(int)state;
}
