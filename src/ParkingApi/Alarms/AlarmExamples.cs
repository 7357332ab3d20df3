using NodaTime;
using Parking.Alarms;
using Parking.Contracts;

namespace Parking.Api.Alarms;

/// <summary>Alarms for the OpenAPI document.</summary>
internal static class AlarmExamples
{
    private static readonly Instant RaisedAt = Instant.FromUtc(2026, 5, 4, 9, 36, 15);

    private static readonly AlarmAnswer Silent = new()
    {
        Id = "gate_silent:hsp-in-1",
        Kind = Contracts.AlarmKind.GateSilent,
        Priority = Contracts.AlarmPriority.Important,
        State = Contracts.AlarmState.Unacknowledged,
        Occurrence = 3,
        Facility = "hsp",
        Gate = "hsp-in-1",
        RaisedAt = RaisedAt,
    };

    public static AlarmAnswer Shelved { get; } = Silent with
    {
        State = Contracts.AlarmState.Shelved,
        Shelving = new("Road works until the evening", "s-1042", RaisedAt, RaisedAt + Duration.FromHours(8)),
    };

    public static AlarmAnswer Unshelved { get; } = Silent;

    public static ShelveRequest Shelve { get; } = new() { Reason = Shelved.Shelving!.Reason, Until = Shelved.Shelving.Until };

    public static AlarmListAnswer List { get; } = new(
        [Silent],
        [
            new(Contracts.AlarmPriority.Urgent, 0, 0, 0, 0),
            new(Contracts.AlarmPriority.Important, 1, 0, 0, 0),
            new(Contracts.AlarmPriority.Minor, 0, 1, 0, 0),
        ],
        new(3, 0.5m, 1),
        [AlarmRule.Of(Parking.Alarms.AlarmKind.GateSilent).ToContract()]);

    public static AcknowledgeRequest Acknowledge { get; } = new() { Alarms = [new(Silent.Id, Silent.Occurrence)] };

    public static AcknowledgeAnswer Acknowledged { get; } = new(
    [
        new(Silent.Id, AcknowledgeOutcome.Acknowledged, Silent with
        {
            State = Contracts.AlarmState.Acknowledged,
            AcknowledgedAt = RaisedAt + Duration.FromMinutes(2),
            AcknowledgedBy = "s-1042",
        }),
    ]);
}
