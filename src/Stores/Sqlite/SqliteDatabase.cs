using Microsoft.Data.Sqlite;
using NodaTime;
using NodaTime.Extensions;
using Parking.Ports;
using static SQLitePCL.raw;

namespace Parking.Stores.Sqlite;

/// <summary>
/// The embedded store's file, used by this process alone. It does one step after the other, and each step that writes is a transaction.
/// </summary>
/// <remarks>
/// Steps run inline, on the caller's thread: a step takes tens of microseconds, less than a change to another thread and back, and SQLite
/// has no asynchronous calls. Whoever has to wait for the step before waits in a queue and holds no thread. The file is opened by the first
/// step, and again by the first step after an error. So a full disk or a missing folder heals by itself once its cause is gone. A file that
/// this process has opened once is never created anew: an empty file in its place would answer as if nobody had parked.
/// </remarks>
/// <param name="path">The path of the file.</param>
/// <param name="time">Dates the file's life.</param>
/// <param name="isSimulation">A simulation's file need not survive a power cut, and no other program reads it while it is in use.</param>
/// <param name="secrets">The secrets under which the file's data is written; null: none.</param>
public sealed class SqliteDatabase(
    string path, TimeProvider time, bool isSimulation = false, IReadOnlyList<SecretCheck>? secrets = null) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private FileStream? _claim;
    private SqliteSession? _session;
    private bool _isMoved;

    /// <summary>
    /// Whether the file or its disk failed a step since the last probe that succeeded. A later step may succeed by chance, because it
    /// touches other pages, or needs no new one.
    /// </summary>
    private volatile bool _isInDoubt = true;
    private bool _disposed;

    /// <summary>
    /// The life of the file. This process begins a new epoch when it first opens the file, because what a power cut took, it took before
    /// that; null before.
    /// </summary>
    private volatile StoreLife? _life;

    /// <summary>What the last probe noted in the file; null before the first.</summary>
    private Instant? _keptUntil;

    /// <summary>Runs <paramref name="step"/> as one transaction: all of it, or nothing if it throws.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be used; the message says what to do about it.</exception>
    public Task<T> RunAsync<T>(Func<SqliteSession, T> step) => InTurnAsync(session => InTransaction(session, step), writes: true);

    /// <summary>
    /// Runs a step that only reads. Nobody else writes meanwhile, so it needs no transaction, whose locks cost more than most reads. If the
    /// file is gone, it returns what was in it: nothing has been written since, because the next write or probe finds out.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The file cannot be used; the message says what to do about it.</exception>
    public Task<T> ReadAsync<T>(Func<SqliteSession, T> read) => InTurnAsync(read, writes: false);

    /// <summary>
    /// Looks whether the file is as this process left it, and notes that everything until now has been written. After a step has failed
    /// because of the file or its disk, and at the start, the whole file must be sound and able to grow.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The file cannot be written, is damaged, or is gone.</exception>
    public Task ProbeAsync() => InTurnAsync(
        session =>
        {
            var now = Now;
            var isInDoubt = _isInDoubt;
            var (life, keptUntil) = InTransaction(session, db =>
            {
                SqliteAbout.CheckSecrets(db, path, secrets ?? []);
                if (isInDoubt)
                {
                    SqliteTrial.Run(db, path);
                }

                return (SqliteAbout.Look(db, _life, _keptUntil, now), SqliteAbout.KeepUntil(db, now));
            });

            // Still in this turn: the next probe compares the file with what this one has left.
            (_life, _keptUntil, _isInDoubt) = (life, keptUntil, false);
            return true;
        },
        writes: true);

    /// <summary>The life of the file. Opens the file if it was not opened yet.</summary>
    /// <exception cref="StoreUnavailableException">The file was not opened yet, and cannot be opened.</exception>
    public async Task<StoreLife> LifeAsync() => _life ?? await ReadAsync(_ => _life!);

    public void Dispose()
    {
        _turn.Wait();
        try
        {
            Close();
            _claim?.Dispose();
            _disposed = true;
        }
        finally
        {
            _turn.Release();
        }
    }

    private static T InTransaction<T>(SqliteSession session, Func<SqliteSession, T> step)
    {
        session.Execute("BEGIN IMMEDIATE");
        var result = step(session);
        session.Execute("COMMIT");
        return result;
    }

    private async Task<T> InTurnAsync<T>(Func<SqliteSession, T> step, bool writes)
    {
        await _turn.WaitAsync();
        try
        {
            return Run(step, writes);
        }
        catch (SqliteException error) when (IsOutOfOrder(error))
        {
            _isInDoubt |= error.SqliteErrorCode is not (SQLITE_BUSY or SQLITE_LOCKED);
            throw new StoreUnavailableException($"{path} cannot be used: {error.Message}", error);
        }
        finally
        {
            _turn.Release();
        }
    }

    private T Run<T>(Func<SqliteSession, T> step, bool writes)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_session is { } open && (writes || _isMoved))
        {
            // Linux goes on writing to a file that was deleted, and what is written there is lost. The session stays open: only it can tell
            // whether the file that is put there later is this one. SQLite would mix another one with the log of this one.
            _isMoved = open.HasMoved;
            RequireFile(!_isMoved);
        }

        try
        {
            _claim ??= Claim();
            _session ??= Open();
            return step(_session);
        }
        catch
        {
            // Closing rolls back what the step had begun.
            Close();
            throw;
        }
    }

    private SqliteSession Open()
    {
        RequireFile(_life is null || File.Exists(path));
        if (_life is null)
        {
            MakePrivate();
        }

        var session = SqliteSession.Open(path, mayCreate: _life is null, isSimulation);
        try
        {
            session.Execute("BEGIN");
            SqliteAbout.CheckSecrets(session, path, secrets ?? []);
            var life = SqliteAbout.Look(session, _life, _keptUntil, Now);
            session.Execute("COMMIT");
            _life = life;
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Creates the file for its owner alone, or takes it from others: it has plates. SQLite gives the files beside it the same mode.
    /// </summary>
    private void MakePrivate()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite,
                UnixCreateMode = owner,
            };
            new FileStream(path, options).Dispose();
            foreach (var file in new[] { path, $"{path}-wal", $"{path}-shm", $"{path}.lock" }.Where(File.Exists))
            {
                File.SetUnixFileMode(file, owner);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"{path} cannot be opened: {error.Message}", error);
        }
    }

    private void RequireFile(bool isThere)
    {
        if (!isThere)
        {
            throw new StoreUnavailableException(
                $"{path} was deleted, moved or replaced while the service uses it. Put it back, with what lies beside it. Or restart the "
                    + "service: it goes on with what is there then, and gates bring back the stays that they know.");
        }
    }

    private Instant Now => time.GetCurrentInstant();

    private void Close()
    {
        _session?.Dispose();
        _session = null;
    }

    /// <summary>
    /// Locks a file beside the database as long as this process lives. The database itself stays open to readers such as
    /// <c>sqlite3 parking.db .backup</c>, unless it is a simulation's.
    /// </summary>
    private FileStream Claim()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                $"{path} cannot be opened, or another process of the service has it. "
                    + $"Stop that one, give this one another Data:Folder, or configure Redis for both. ({error.Message})",
                error);
        }
    }

    /// <summary>
    /// Whether the file or its disk is at fault. Anything else is a defect of this service, and is not reported as an outage.
    /// </summary>
    private static bool IsOutOfOrder(SqliteException error) => error.SqliteErrorCode
        is SQLITE_PERM or SQLITE_BUSY or SQLITE_LOCKED or SQLITE_READONLY or SQLITE_IOERR or SQLITE_CORRUPT or SQLITE_FULL
        or SQLITE_CANTOPEN or SQLITE_PROTOCOL or SQLITE_NOLFS or SQLITE_NOTADB;
}
