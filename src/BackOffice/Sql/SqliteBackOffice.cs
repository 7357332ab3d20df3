using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Parking.BackOffice.Sql;

/// <summary>
/// The back office in one SQLite file. One thread writes: it takes the steps that wait, runs each in a savepoint, and commits them
/// together, so that what syncing the disk costs is paid once for all of them. Reads have connections of their own and see what was
/// committed.
/// </summary>
/// <remarks>
/// If the file is deleted, moved or replaced while it is in use, that is an outage until the same file is back: what would be written to it
/// meanwhile, nobody would find.
/// </remarks>
/// <param name="path">The path of the file. Its folder exists.</param>
/// <param name="isSimulation">A simulation's file need not survive a power cut.</param>
public sealed partial class SqliteBackOffice(string path, bool isSimulation = false) : ISqlDatabase
{
    /// <summary>No step joins a transaction that is older than this.</summary>
    private static readonly TimeSpan LongestBatch = TimeSpan.FromMilliseconds(50);

    private const int Readers = 4;

    private readonly BlockingCollection<Step> _waiting = [];
    private readonly SemaphoreSlim _readers = new(Readers, Readers);
    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private readonly Lock _lock = new();
    private Thread? _writer;
    private SqliteConnection? _connection;
    private volatile bool _isPrepared;
    private bool _disposed;

    public string Name => path;

    public Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiting = new Step<T>(work);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_writer is null)
            {
                _writer = new(Write) { IsBackground = true, Name = "back office writer" };
                _writer.Start();
            }

            _waiting.Add(waiting, CancellationToken.None);
        }

        return waiting.Outcome;
    }

    public async Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> query, CancellationToken cancellationToken = default)
    {
        if (!_isPrepared)
        {
            // The first step of all makes the tables.
            await WriteAsync(_ => Task.FromResult(true), cancellationToken);
        }

        await _readers.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return await Task.Run(() => ReadNowAsync(query, cancellationToken), cancellationToken);
        }
        finally
        {
            _readers.Release();
        }
    }

    /// <summary>Ends after all steps that wait.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _waiting.CompleteAdding();
        }

        _writer?.Join();
        foreach (var reader in _idle)
        {
            reader.Dispose();
        }

        _waiting.Dispose();
        _readers.Dispose();
    }

    private static bool IsOutOfOrder(Exception error) => error is IOException or UnauthorizedAccessException
        || (error is SqliteException sqlite && sqlite.SqliteErrorCode
            is SQLITE_PERM or SQLITE_BUSY or SQLITE_LOCKED or SQLITE_READONLY or SQLITE_IOERR or SQLITE_CORRUPT or SQLITE_FULL
            or SQLITE_CANTOPEN or SQLITE_PROTOCOL or SQLITE_NOLFS or SQLITE_NOTADB);

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private async Task<T> ReadNowAsync<T>(Func<SqlSession, Task<T>> query, CancellationToken cancellationToken)
    {
        SqliteConnection? reader = null;
        try
        {
            reader = _idle.TryTake(out var idle) ? idle : OpenReader();
            if (HasMoved(reader))
            {
                // Kept as the writer's is: a new one would open whatever is in the file's place.
                _idle.Add(reader);
                reader = null;
                throw Moved();
            }

            T result;
            await using (var moment = reader.BeginTransaction(deferred: true))
            {
                result = await query(new(reader, moment, cancellationToken));
            }

            _idle.Add(reader);
            return result;
        }
        catch (Exception e)
        {
            reader?.Dispose();
            throw IsOutOfOrder(e) ? new BackOfficeUnavailableException($"{path} cannot be read: {e.Message}", e) : e;
        }
    }

    private void Write()
    {
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            Run(first);
        }

        Close();
    }

    /// <summary>Runs this step and those that come meanwhile as one transaction.</summary>
    private void Run(Step first)
    {
        if (_connection is { } open && HasMoved(open))
        {
            // The connection stays open: only it can tell whether the file that is put there later is this one.
            first.Fail(Moved());
            first.End();
            return;
        }

        var ended = new List<Step>();
        try
        {
            _connection ??= OpenWriter();
            Execute(_connection, "BEGIN IMMEDIATE");
            var began = Stopwatch.GetTimestamp();
            var next = first;
            do
            {
                ended.Add(next);
                Execute(_connection, "SAVEPOINT step");
                next.Run(new(_connection, null, CancellationToken.None));
                Execute(_connection, next.HasFailed ? "ROLLBACK TO step; RELEASE step" : "RELEASE step");
            }
            while (Stopwatch.GetElapsedTime(began) < LongestBatch && _waiting.TryTake(out next));

            Execute(_connection, "COMMIT");
        }
        catch (Exception e)
        {
            // Closing rolls back what was not committed.
            Close();
            var error = IsOutOfOrder(e) || e is BackOfficeUnavailableException
                ? new BackOfficeUnavailableException($"{path} cannot be written: {e.Message}", e)
                : e;
            if (ended.Count == 0)
            {
                ended.Add(first);
            }

            ended.ForEach(step => step.Fail(error));
        }

        ended.ForEach(step => step.End());
    }

    private void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }

    /// <summary>A step that waits for the writer.</summary>
    private abstract class Step
    {
        public Exception? Error { get; protected set; }

        public bool HasFailed => Error is not null;

        public void Fail(Exception error) => Error ??= error;

        public abstract void Run(SqlSession session);

        /// <summary>Tells whoever waits.</summary>
        public abstract void End();
    }

    private sealed class Step<T>(Func<SqlSession, Task<T>> work) : Step
    {
        private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Outcome => _outcome.Task;

        public override void Run(SqlSession session)
        {
            try
            {
                // SQLite's calls are synchronous: the task has ended when it is returned.
                _result = work(session).GetAwaiter().GetResult();
            }
            catch (Exception e) when (!IsOutOfOrder(e))
            {
                Error = e;
            }
        }

        public override void End()
        {
            if (Error is { } error)
            {
                _outcome.SetException(error);
            }
            else
            {
                _outcome.SetResult(_result!);
            }
        }
    }
}
