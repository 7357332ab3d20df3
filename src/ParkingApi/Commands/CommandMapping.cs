using NodaTime;
using Parking.Commands;
using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.Commands;

/// <summary>Maps commands to messages.</summary>
internal static class CommandMapping
{
    /// <summary>As operators see it at <paramref name="now"/>.</summary>
    public static GateCommandAnswer ToContract(this CommandRecord command, Instant now) => new()
    {
        Id = command.Id.Value,
        Gate = command.Gate.Value,
        Command = command.Command,
        Stay = command.Stay,
        Reason = command.Reason,
        Seconds = command.Seconds,
        Staff = command.Staff,
        State = (GateCommandState)(int)command.StateAt(now),
        QueuedAt = command.QueuedAt,
        ExpiresAt = command.ExpiresAt,
        GrantedAt = command.Grant?.At,
        EndedAt = command.End?.At,
        Obstacle = command.End?.Obstacle,
    };

    /// <summary>As its gate gets it.</summary>
    public static GateCommand ToGate(this CommandRecord command) => new()
    {
        Id = command.Id.Value,
        Command = command.Command,
        Stay = command.Stay,
        Reason = command.Reason,
        Seconds = command.Seconds,
    };
}
