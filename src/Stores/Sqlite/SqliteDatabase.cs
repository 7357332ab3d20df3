using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Parking.Ports;
using static SQLitePCL.raw;

namespace Parking.Stores.Sqlite;

/// <summary>The embedded store's file, held by this process alone; one step after the other, each a transaction if it writes.</summary>
/// <remarks>
/// Steps run inline, on the caller's thread: one takes tens of microseconds, less than handing it to another thread and
/// back, and SQLite has no asynchronous calls. Whoever has to wait for the step before waits in line and holds no thread.
/// The file is opened by the first step, and again by the first one after an error, so a full disk or a missing folder
/// heals by itself once its cause is gone. A file that this process has had open is never made anew: an empty one in its place
/// would answer as if nobody had parked.
/// </remarks>
/// <param name="path">The file.</param>
/// <param name="isSimulation">A simulation's file need not survive a power cut, and is nobody else's to read while it runs.</param>
public sealed class SqliteDatabase(string path, bool isSimulation = false) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private FileStream? _claim;
    private SqliteSession? _session;
    private bool _wasOpen;
    private bool _disposed;

    /// <summary>Drawn when this process first opens the file: whatever a power cut took, it took before that.</summary>
    private volatile string? _epoch;

    /// <summary>Does <paramref name="step"/> as one transaction: all of it, or, if it throws, nothing.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be used; the message says what to do about it.</exception>
    public Task<T> RunAsync<T>(Func<SqliteSession, T> step) => InTurnAsync(session =>
    {
        // Linux goes on writing to a file without a name, and what is written there is lost.
        RequireFile();
        session.Execute("BEGIN IMMEDIATE");
        var result = step(session);
        session.Execute("COMMIT");
        return result;
    });

    /// <summary>
    /// Only reads. Nobody else writes meanwhile, so this needs no transaction, whose locks cost more than most reads. Should the file have gone, it tells what was in it: nothing has been written
    /// since, for the next write, or probe, finds out.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The file cannot be used; the message says what to do about it.</exception>
    public Task<T> ReadAsync<T>(Func<SqliteSession, T> read) => InTurnAsync(read);

    /// <summary>Takes the write lock and gives it back.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be written, or it is gone.</exception>
    public Task ProbeAsync() => RunAsync(_ => true);

    /// <summary>Names the time that this process has had the file. Opens it if that has not been done.</summary>
    /// <exception cref="StoreUnavailableException">The file has not been opened yet, and cannot be.</exception>
    public async Task<string> EpochAsync() => _epoch ?? await ReadAsync(_ => _epoch!);

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

    private async Task<T> InTurnAsync<T>(Func<SqliteSession, T> step)
    {
        await _turn.WaitAsync();
        try
        {
            return Run(step);
        }
        catch (SqliteException error) when (IsOutOfOrder(error))
        {
            throw new StoreUnavailableException($"{path} cannot be used: {error.Message}", error);
        }
        finally
        {
            _turn.Release();
        }
    }

    private T Run<T>(Func<SqliteSession, T> step)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        try
        {
            _claim ??= Claim();
            _session ??= Open();
            _wasOpen = true;
            _epoch ??= DrawEpoch();
            return step(_session);
        }
        catch
        {
            // Closing takes back whatever the step had begun.
            Close();
            throw;
        }
    }

    private SqliteSession Open()
    {
        if (_wasOpen)
        {
            RequireFile();
        }

        return SqliteSession.Open(path, mayCreate: !_wasOpen, isSimulation);
    }

    private void RequireFile()
    {
        if (!File.Exists(path))
        {
            throw new StoreUnavailableException($"{path} was deleted or moved while the service uses it. Put it back, with what lies beside it.");
        }
    }

    private static string DrawEpoch()
    {
        Span<byte> random = stackalloc byte[sizeof(uint)];
        RandomNumberGenerator.Fill(random);
        return BinaryPrimitives.ReadUInt32BigEndian(random).ToString("x8", CultureInfo.InvariantCulture);
    }

    private void Close()
    {
        _session?.Dispose();
        _session = null;
    }

    /// <summary>
    /// Locks a file beside the database for as long as this process lives. The database itself, unless a simulation's, stays open to readers such
    /// as <c>sqlite3 parking.db .backup</c>.
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
                $"{path} cannot be opened, or another process of the service has it. Stop that one, give this one another Data:Folder, or configure Redis for both. ({error.Message})",
                error);
        }
    }

    /// <summary>Whether the file or its disk is at fault. Anything else is a mistake of ours, and is not passed off as an outage.</summary>
    private static bool IsOutOfOrder(SqliteException error) => error.SqliteErrorCode
        is SQLITE_PERM or SQLITE_BUSY or SQLITE_LOCKED or SQLITE_READONLY or SQLITE_IOERR or SQLITE_CORRUPT or SQLITE_FULL
        or SQLITE_CANTOPEN or SQLITE_PROTOCOL or SQLITE_NOLFS or SQLITE_NOTADB;
}
