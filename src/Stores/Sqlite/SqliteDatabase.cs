using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
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
/// <param name="isSimulation">A simulation's file need not survive a power cut, and no other program reads it while it is in use.</param>
public sealed class SqliteDatabase(string path, bool isSimulation = false) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private FileStream? _claim;
    private SqliteSession? _session;
    private bool _wasOpen;
    private bool _disposed;

    /// <summary>Drawn when this process first opens the file: what a power cut took, it took before that.</summary>
    private volatile string? _epoch;

    /// <summary>Runs <paramref name="step"/> as one transaction: all of it, or nothing if it throws.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be used; the message says what to do about it.</exception>
    public Task<T> RunAsync<T>(Func<SqliteSession, T> step) => InTurnAsync(session =>
    {
        // Linux goes on writing to a file that was deleted, and what is written there is lost.
        RequireFile();
        session.Execute("BEGIN IMMEDIATE");
        var result = step(session);
        session.Execute("COMMIT");
        return result;
    });

    /// <summary>
    /// Runs a step that only reads. Nobody else writes meanwhile, so it needs no transaction, whose locks cost more than most reads. If the
    /// file is gone, it returns what was in it: nothing has been written since, because the next write or probe finds out.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The file cannot be used; the message says what to do about it.</exception>
    public Task<T> ReadAsync<T>(Func<SqliteSession, T> read) => InTurnAsync(read);

    /// <summary>Takes the write lock and releases it.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be written, or it is gone.</exception>
    public Task ProbeAsync() => RunAsync(_ => true);

    /// <summary>Names the period in which this process has used the file. Opens the file if it was not opened yet.</summary>
    /// <exception cref="StoreUnavailableException">The file was not opened yet, and cannot be opened.</exception>
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
            // Closing rolls back what the step had begun.
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

        if (!_wasOpen)
        {
            MakePrivate();
        }

        return SqliteSession.Open(path, mayCreate: !_wasOpen, isSimulation);
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

    private void RequireFile()
    {
        if (!File.Exists(path))
        {
            throw new StoreUnavailableException(
                $"{path} was deleted or moved while the service uses it. Put it back, with what lies beside it.");
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
