using Parking.BackOffice.Archive;
using Parking.BackOffice.Sql;
using Parking.Ports;

namespace Parking.BackOffice.Tests.Archive.Real;

/// <summary>
/// The real drain, which stops before and after each call of the database and of the feed until it may go on, or is killed there.
/// </summary>
internal sealed class SteppedDrain
{
    private readonly Func<SteppedDrain, ArchiveDrain> _make;
    private ArchiveDrain _drain;
    private Task? _round;
    private TaskCompletionSource _arrived = New();
    private TaskCompletionSource? _permission;

    public SteppedDrain(DrainParts parts)
    {
        _make = stepped => parts.Drain(new Sql(parts.Sql, stepped), new Feed(parts.Store, stepped));
        _drain = _make(this);
    }

    /// <summary>Lets it go on to the next place where it may be killed.</summary>
    public async Task StepAsync()
    {
        var arrived = _arrived = New();
        if (_round is null)
        {
            _round = Task.Run(() => _drain.DrainAsync(CancellationToken.None));
        }
        else
        {
            _permission!.SetResult();
        }

        await Task.WhenAny(_round, arrived.Task);
        if (_round.IsCompleted)
        {
            var ended = _round;
            _round = null;
            await ended;
        }
    }

    /// <summary>It dies where it is, and another process begins anew.</summary>
    public async Task KillAsync()
    {
        if (_round is { } killed)
        {
            _round = null;
            _permission!.SetException(new KilledException());
            await Assert.ThrowsAsync<KilledException>(() => killed);
        }

        _drain = _make(this);
    }

    private async Task<T> AtAsync<T>(Func<Task<T>> call)
    {
        await WaitAsync();
        var result = await call();
        await WaitAsync();
        return result;
    }

    private Task WaitAsync()
    {
        _permission = New();
        _arrived.SetResult();
        return _permission.Task;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class KilledException : Exception;

    private sealed class Sql(Func<ISqlDatabase> database, SteppedDrain drain) : ISqlDatabase
    {
        public string Name => database().Name;

        public Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken = default) =>
            drain.AtAsync(() => database().WriteAsync(work, cancellationToken));

        public Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> query, CancellationToken cancellationToken = default) =>
            drain.AtAsync(() => database().ReadAsync(query, cancellationToken));

        public void Dispose()
        {
        }
    }

    private sealed class Feed(MemoryStore store, SteppedDrain drain) : IArchiveFeed
    {
        public int PartitionOf(Codes.HolderId holder) => store.PartitionOf(holder);

        public Task<IReadOnlyList<FeedPartition>> ListAsync(int limit) => drain.AtAsync(() => store.ListAsync(limit));

        public Task<IReadOnlyList<FeedPartition>> PartitionsAsync() => drain.AtAsync(store.PartitionsAsync);

        public Task<bool> AcknowledgeAsync(
            int partition, ArchiveBatch? expected, ArchiveBatch batch, IReadOnlyList<OutgoingEntry> handled) =>
            drain.AtAsync(() => store.AcknowledgeAsync(partition, expected, batch, handled));
    }
}
