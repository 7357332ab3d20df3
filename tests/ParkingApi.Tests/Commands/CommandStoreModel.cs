using System.Collections.Concurrent;
using NodaTime;
using Parking.Events;
using Parking.Facilities;
using Parking.Ports;

namespace Parking.Api.Tests.Commands;

/// <summary>What <see cref="ICommandStore"/> says, in memory.</summary>
internal sealed class CommandStoreModel : ICommandStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(FacilityId, CommandId), Kept> _commands = [];
    private readonly List<(FacilityId Facility, UnchainedCommand Command)> _unchained = [];
    private readonly ConcurrentDictionary<object, (FacilityId Facility, Action<CommandId?> Changed)> _watchers = [];

    /// <summary>Whether reading and watching fail, as while the store is out of reach.</summary>
    public bool IsAway { get; set; }

    /// <summary>A facility at which they fail, as while its shard is out of reach.</summary>
    public FacilityId? AwayAt { get; set; }

    public Task<StoredCommand> LoadAsync(FacilityId facility, CommandId command)
    {
        if (IsAway || facility == AwayAt)
        {
            throw new StoreUnavailableException("The test took the store away.");
        }

        lock (_lock)
        {
            return Task.FromResult(
                _commands.TryGetValue((facility, command), out var kept) ? new StoredCommand(kept.Version, kept.Content) : default);
        }
    }

    public Task<bool> CommitAsync(
        FacilityId facility, GateId gate, CommandId command, long expectedVersion, ReadOnlyMemory<byte> content, Instant? waitsUntil)
    {
        lock (_lock)
        {
            if ((_commands.GetValueOrDefault((facility, command))?.Version ?? 0) != expectedVersion)
            {
                return Task.FromResult(false);
            }

            _commands[(facility, command)] = new(gate, expectedVersion + 1, content, waitsUntil);
            _unchained.Add((facility, new(expectedVersion + 1, content)));
        }

        Wake(facility, command);
        return Task.FromResult(true);
    }

    /// <summary>Replaces what is kept of a command, and wakes nobody.</summary>
    public void Overwrite(FacilityId facility, CommandId command, ReadOnlyMemory<byte> content)
    {
        lock (_lock)
        {
            var kept = _commands[(facility, command)];
            _commands[(facility, command)] = kept with { Version = kept.Version + 1, Content = content };
        }
    }

    /// <summary>Calls whoever watches the facility; with null for the command, as after the store was out of reach.</summary>
    public void Wake(FacilityId facility, CommandId? command)
    {
        foreach (var (_, changed) in _watchers.Values.Where(watcher => watcher.Facility == facility))
        {
            changed(command);
        }
    }

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> WaitingAsync(FacilityId facility, GateId gate, Instant now)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<ReadOnlyMemory<byte>>>(
            [
                .. _commands.Where(one => one.Key.Item1 == facility && one.Value.Gate == gate && one.Value.WaitsUntil > now)
                    .Select(one => one.Value.Content),
            ]);
        }
    }

    public Task<IReadOnlyList<UnchainedCommand>> UnchainedAsync(FacilityId facility, int limit)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<UnchainedCommand>>(
                [.. _unchained.Where(one => one.Facility == facility).Select(one => one.Command).Take(limit)]);
        }
    }

    public Task RemoveUnchainedAsync(FacilityId facility, IReadOnlyList<UnchainedCommand> chained)
    {
        lock (_lock)
        {
            foreach (var command in chained)
            {
                var at = _unchained.FindIndex(one => one.Facility == facility && one.Command.Version == command.Version
                    && one.Command.Content.Span.SequenceEqual(command.Content.Span));
                if (at >= 0)
                {
                    _unchained.RemoveAt(at);
                }
            }
        }

        return Task.CompletedTask;
    }

    public Task ForgetCommandsAsync(Instant changedBy) => Task.CompletedTask;

    public Task<IDisposable> WatchAsync(FacilityId facility, Action<CommandId?> changed)
    {
        if (IsAway || facility == AwayAt)
        {
            throw new StoreUnavailableException("The test took the store away.");
        }

        var watcher = new object();
        _watchers[watcher] = (facility, changed);
        return Task.FromResult<IDisposable>(new End(() => _watchers.TryRemove(watcher, out _)));
    }

    private sealed record Kept(GateId Gate, long Version, ReadOnlyMemory<byte> Content, Instant? WaitsUntil);

    private sealed class End(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
