using System.Collections.Concurrent;
using NodaTime;
using Parking.Commands;
using Parking.Events;
using Parking.Facilities;
using Parking.Ports;

namespace Parking.Api.Occupancy;

/// <summary>
/// How far commands to gates are, as last announced: those that are not over, and those that ended in the last minute. All of it is read
/// from the store, so it includes commands that were given, granted or reported through other instances.
/// </summary>
internal sealed partial class CommandBoard(
    GateCommands commands, ICommandStore store, CityDirectory city, IClock clock, ILogger<CommandBoard> logger)
{
    /// <summary>How long a command is shown after its end, so that a screen that connects again sees what became of it.</summary>
    private static readonly Duration ShownAfter = Duration.FromMinutes(1);

    /// <summary>How long after a failure the store is asked again.</summary>
    private static readonly Duration RetryAfter = Duration.FromSeconds(1);

    private readonly ConcurrentDictionary<(Facility Facility, CommandId Command), bool> _touched = new();

    private readonly Queue<Facility> _unwatched = new(city.Facilities);
    private readonly Lock _lock = new();
    private readonly Dictionary<(FacilityId Facility, CommandId Command), ShownCommand> _shown = [];

    private Instant _retryAt = Instant.MinValue;

    /// <summary>The last announced states of the commands of these facilities, oldest first.</summary>
    public IReadOnlyList<ShownCommand> CommandsOf(IReadOnlyList<Facility> facilities)
    {
        var ids = facilities.Select(facility => facility.Id).ToHashSet();
        lock (_lock)
        {
            return [.. _shown.Values.Where(one => ids.Contains(one.Gate.Facility.Id)).OrderBy(one => one.Command.QueuedAt)];
        }
    }

    /// <summary>Reads the commands that have changed since the last call, and returns those with news, oldest first.</summary>
    /// <remarks>
    /// Only one caller at a time may call this. While the store is out of reach, what was announced stays, except for what time alone
    /// decides; what has changed is read when the store is back.
    /// </remarks>
    public async Task<IReadOnlyList<ShownCommand>> RefreshAsync()
    {
        var now = clock.GetCurrentInstant();
        var read = now >= _retryAt ? await ReadAsync(now) : [];
        lock (_lock)
        {
            foreach (var (gate, command) in read)
            {
                // A state that was not announced yet: it differs from any that was.
                var key = (gate.Facility.Id, command.Id);
                _shown[key] = new(gate, command, _shown.GetValueOrDefault(key)?.State ?? default);
            }

            var news = new List<ShownCommand>();
            foreach (var (key, before) in _shown.ToList())
            {
                var state = before.Command.StateAt(now);
                if (now - EndOf(before.Command) > ShownAfter)
                {
                    _shown.Remove(key);
                }
                else if (state != before.State)
                {
                    news.Add(_shown[key] = before with { State = state });
                }
            }

            return [.. news.OrderBy(one => one.Command.QueuedAt)];
        }
    }

    /// <summary>A command whose grant came at the last moment may be reported after its expiry.</summary>
    private static Instant EndOf(CommandRecord command) => Instant.Max(command.ExpiresAt, command.End?.At ?? Instant.MinValue);

    /// <summary>
    /// Subscribes to facilities that are not watched yet, and reads what has changed. What could not be read is read later, and so is not
    /// in the way of other facilities: its shard may be away, and theirs not.
    /// </summary>
    private async Task<IReadOnlyList<(Gate Gate, CommandRecord Command)>> ReadAsync(Instant now)
    {
        var read = new List<(Gate, CommandRecord)>();
        var failed = new HashSet<Facility>();
        while (_unwatched.TryDequeue(out var facility))
        {
            if (!await TryAsync(facility, () => store.WatchAsync(facility.Id, command => Touch(facility, command))))
            {
                _unwatched.Enqueue(facility);
                break;
            }
        }

        foreach (var (changed, _) in _touched.ToList())
        {
            if (failed.Contains(changed.Facility))
            {
                continue;
            }

            // Taken out before it is read: if it changes meanwhile, it is read again.
            _touched.TryRemove(changed, out _);
            if (!await TryAsync(changed.Facility, async () => Keep(await FindAsync(changed.Facility, changed.Command))))
            {
                _touched[changed] = true;
            }
        }

        _retryAt = failed.Count > 0 ? now + RetryAfter : _retryAt;
        return read;

        async Task<bool> TryAsync(Facility facility, Func<Task> ask)
        {
            try
            {
                await ask();
                return true;
            }
            catch (StoreUnavailableException)
            {
                failed.Add(facility);
                return false;
            }
        }

        void Keep((Gate, CommandRecord)? found)
        {
            if (found is { } known)
            {
                read.Add(known);
            }
        }
    }

    /// <param name="facility">The facility.</param>
    /// <param name="command">
    /// What has changed; null if that was not heard. Then those that are shown are read again; of another one the next change is heard.
    /// </param>
    private void Touch(Facility facility, CommandId? command)
    {
        foreach (var one in command is { } known ? [known] : CommandsOf([facility]).Select(shown => shown.Command.Id))
        {
            _touched[(facility, one)] = true;
        }
    }

    private async Task<(Gate Gate, CommandRecord Command)?> FindAsync(Facility facility, CommandId id)
    {
        try
        {
            return await commands.FindAsync(facility.Id, id) is { } command && city.FindGate(command.Gate) is { } gate
                ? (gate, command)
                : null;
        }
        catch (InvalidDataException e)
        {
            CommandNotShown(logger, facility.Id, id.Value, e.Message);
            return null;
        }
    }

    [LoggerMessage(
        5004,
        LogLevel.Error,
        "What is kept of the command {Id} at {Facility} cannot be read, so it is not shown: {Reason}",
        EventName = "CommandNotShown")]
    private static partial void CommandNotShown(ILogger logger, FacilityId facility, string id, string reason);
}

/// <summary>A command as it is announced.</summary>
/// <param name="Gate">Its gate.</param>
/// <param name="Command">What is known of it.</param>
/// <param name="State">How far it was when it was announced; the default if it was not.</param>
internal sealed record ShownCommand(Gate Gate, CommandRecord Command, CommandState State);
