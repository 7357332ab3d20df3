using NodaTime;
using Parking.Events;
using Parking.Facilities;

namespace Parking.Ports;

/// <summary>
/// Keeps, in each facility's slot, the commands to its gates: which wait for a gate, what became of each, and what is not yet in the chain
/// of the audit. Kept in the same store as the live stays.
/// </summary>
/// <remarks>
/// The rules of <see cref="ILiveStore"/> hold: every method is atomic and repeatable, and throws <see cref="StoreUnavailableException"/> if
/// the store cannot be reached.
/// </remarks>
public interface ICommandStore
{
    /// <summary>How long a command can be read after its last change: as long as an event's answer.</summary>
    static readonly Duration Retention = IJournalStore.AnswerRetention;

    /// <summary>Loads a command; version 0 and no content if there is none.</summary>
    Task<StoredCommand> LoadAsync(FacilityId facility, CommandId command);

    /// <summary>
    /// Stores <paramref name="content"/> as version <paramref name="expectedVersion"/> + 1 if the version is still
    /// <paramref name="expectedVersion"/>. In the same step appends it to the list of what is not chained, and puts the command among those
    /// that wait for <paramref name="gate"/>, or takes it from there. Afterwards, whoever watches the facility is called.
    /// </summary>
    /// <param name="facility">The gate's facility.</param>
    /// <param name="gate">The gate to which the command is.</param>
    /// <param name="command">The command's name.</param>
    /// <param name="expectedVersion">0 for a command that must not be there yet.</param>
    /// <param name="content">What is kept of it.</param>
    /// <param name="waitsUntil">Until when it waits for the gate; null if it does not wait any more.</param>
    /// <returns>False if the version is another by now; then nothing changed.</returns>
    Task<bool> CommitAsync(
        FacilityId facility, GateId gate, CommandId command, long expectedVersion, ReadOnlyMemory<byte> content, Instant? waitsUntil);

    /// <summary>Returns the contents of the commands that wait for a gate longer than until <paramref name="now"/>, in no order.</summary>
    Task<IReadOnlyList<ReadOnlyMemory<byte>>> WaitingAsync(FacilityId facility, GateId gate, Instant now);

    /// <summary>
    /// Returns the versions of the facility's commands that are not chained yet, oldest first, at most <paramref name="limit"/>. Each
    /// commit adds one. They are kept until they are removed, however long that takes.
    /// </summary>
    Task<IReadOnlyList<UnchainedCommand>> UnchainedAsync(FacilityId facility, int limit);

    /// <summary>Removes what has been chained. What is not there is passed over.</summary>
    Task RemoveUnchainedAsync(FacilityId facility, IReadOnlyList<UnchainedCommand> chained);

    /// <summary>
    /// Drops commands that changed last at or before <paramref name="changedBy"/>. This is garbage collection: no rule depends on it. A
    /// store whose commands expire by themselves (after <see cref="Retention"/>) does nothing.
    /// </summary>
    Task ForgetCommandsAsync(Instant changedBy);

    /// <summary>
    /// Calls <paramref name="changed"/> after each later commit at a facility, by whichever instance of the service, with the command's
    /// name, or null if any command may have changed. This only wakes up: a call may come without a change. Read after subscribing, and
    /// again when called. <paramref name="changed"/> must not wait or throw.
    /// </summary>
    /// <returns>Ends the subscription when it is disposed.</returns>
    Task<IDisposable> WatchAsync(FacilityId facility, Action<CommandId?> changed);
}

/// <summary>A command as stored. Version 0: there is none, and <see cref="Content"/> is empty.</summary>
public readonly record struct StoredCommand(long Version, ReadOnlyMemory<byte> Content);

/// <summary>One version of a command that is not chained yet.</summary>
/// <param name="Version">The version: 1 when it was queued.</param>
/// <param name="Content">What the command was at that version.</param>
public readonly record struct UnchainedCommand(long Version, ReadOnlyMemory<byte> Content);
