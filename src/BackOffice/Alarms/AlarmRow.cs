using Parking.Alarms;
using Parking.BackOffice.Sql;

namespace Parking.BackOffice.Alarms;

/// <summary>A row of <c>alarms</c>. The migrations say what each column is.</summary>
internal sealed record AlarmRow
{
    public const string Columns =
        "cause, version, occurrence, active, raised_at, seen_at, returned_at, acknowledged_at, acknowledged_by, shelved_at, "
        + "shelved_until, shelved_by, shelved_reason, changed_at";

    public string Cause { get; init; } = "";

    public long Version { get; init; }

    public long Occurrence { get; init; }

    public long Active { get; init; }

    public long RaisedAt { get; init; }

    public long SeenAt { get; init; }

    public long? ReturnedAt { get; init; }

    public long? AcknowledgedAt { get; init; }

    public string? AcknowledgedBy { get; init; }

    public long? ShelvedAt { get; init; }

    public long? ShelvedUntil { get; init; }

    public string? ShelvedBy { get; init; }

    public string? ShelvedReason { get; init; }

    public long ChangedAt { get; init; }

    public static AlarmRow Of(Alarm alarm, long changedAt) => new()
    {
        Cause = alarm.Cause.ToString(),
        Version = alarm.Version,
        Occurrence = alarm.Occurrence,
        Active = alarm.IsActive ? 1 : 0,
        RaisedAt = alarm.RaisedAt.ToMicroseconds(),
        SeenAt = alarm.SeenAt.ToMicroseconds(),
        ReturnedAt = alarm.ReturnedAt?.ToMicroseconds(),
        AcknowledgedAt = alarm.Acknowledgement?.At.ToMicroseconds(),
        AcknowledgedBy = alarm.Acknowledgement?.By,
        ShelvedAt = alarm.Shelving?.At.ToMicroseconds(),
        ShelvedUntil = alarm.Shelving?.Until.ToMicroseconds(),
        ShelvedBy = alarm.Shelving?.By,
        ShelvedReason = alarm.Shelving?.Reason,
        ChangedAt = changedAt,
    };

    /// <summary>The alarm; null if this version knows no such kind.</summary>
    public Alarm? ToAlarm() => AlarmCause.TryParse(Cause, out var cause)
        ? new()
        {
            Cause = cause,
            Version = Version,
            Occurrence = Occurrence,
            IsActive = Active != 0,
            RaisedAt = SqlTime.FromMicroseconds(RaisedAt),
            SeenAt = SqlTime.FromMicroseconds(SeenAt),
            ReturnedAt = ReturnedAt is { } returned ? SqlTime.FromMicroseconds(returned) : null,
            Acknowledgement = AcknowledgedAt is { } known ? new(AcknowledgedBy ?? "", SqlTime.FromMicroseconds(known)) : null,
            Shelving = ShelvedUntil is { } until
                ? new(
                    ShelvedReason ?? "",
                    ShelvedBy ?? "",
                    SqlTime.FromMicroseconds(ShelvedAt ?? 0),
                    SqlTime.FromMicroseconds(until))
                : null,
        }
        : null;
}
