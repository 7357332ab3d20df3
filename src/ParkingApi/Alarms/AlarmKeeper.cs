using NodaTime;
using Parking.Alarms;
using Parking.BackOffice.Alarms;
using Parking.BackOffice.Sql;

namespace Parking.Api.Alarms;

/// <summary>
/// Stores what happened to alarms, loads what other instances and people did to them, and reads once a minute what the archive shows of
/// stays.
/// </summary>
internal sealed class AlarmKeeper(AlarmTable table, StayConditions stays, AlarmBook book, IClock clock) : IDisposable
{
    /// <summary>For which time the rate of alarms is told.</summary>
    public static readonly Duration RateTime = Duration.FromHours(1);

    /// <summary>Clocks of instances differ by a second at most, and a step is committed within seconds.</summary>
    private static readonly Duration Overlap = Duration.FromMinutes(1);

    private static readonly Duration StaysEvery = Duration.FromMinutes(1);

    private const int MostAttempts = 10;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private Instant? _loadedTo;
    private Instant _staysReadAt;
    private volatile IReadOnlyList<AlarmCause>? _stays;
    private volatile IReadOnlyList<RaisedAlarm> _raised = [];
    private volatile bool _isAway, _hasTried;

    /// <summary>Whether the database was within reach when it was last needed.</summary>
    public bool IsWithinReach => !_isAway;

    /// <summary>Whether it is known what is stored, or that this cannot be known: before that every alarm would seem new.</summary>
    public bool HasTried => _hasTried;

    /// <summary>What the archive shows of stays; null while that is not known.</summary>
    public IReadOnlyList<AlarmCause>? Stays => _stays;

    /// <summary>The alarms of the last hour that people were told of, as far as they are stored.</summary>
    public IReadOnlyList<RaisedAlarm> Raised => _raised;

    /// <summary>Stores what waits, and loads what is new. Without the database all of it waits.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var now = clock.GetCurrentInstant();
            if (book.Waiting() is { Count: > 0 } waiting)
            {
                Note(await table.ApplyAsync(waiting, now, cancellationToken));
            }

            await LoadAsync(now, cancellationToken);
            _isAway = false;
        }
        catch (BackOfficeUnavailableException)
        {
            (_isAway, _loadedTo, _stays) = (true, null, null);
        }
        finally
        {
            _hasTried = true;
            _turn.Release();
        }
    }

    /// <summary>Stores what a person did, and returns the alarms as they are then; none of an alarm that never was.</summary>
    /// <exception cref="BackOfficeUnavailableException">The database is out of reach. To do it again is harmless.</exception>
    public async Task<IReadOnlyDictionary<AlarmCause, Alarm>> ApplyAsync(
        IReadOnlyList<AlarmStep> steps, CancellationToken cancellationToken)
    {
        var alarms = new Dictionary<AlarmCause, Alarm>();
        var left = steps;
        for (var attempt = 0; left.Count > 0; attempt++)
        {
            if (attempt == MostAttempts)
            {
                throw new BackOfficeUnavailableException("Other instances change the same alarms all the time.");
            }

            var applied = await table.ApplyAsync(left, clock.GetCurrentInstant(), cancellationToken);
            Note(applied);
            foreach (var alarm in applied.Alarms)
            {
                alarms[alarm.Cause] = alarm;
            }

            left = [.. left.Except(applied.Done)];
        }

        return alarms;
    }

    public void Dispose() => _turn.Dispose();

    private async Task LoadAsync(Instant now, CancellationToken cancellationToken)
    {
        var changed = await table.ChangedSinceAsync(_loadedTo is { } last ? last - Overlap : NodaConstants.UnixEpoch, cancellationToken);
        if (_loadedTo is null)
        {
            book.NoteAll(changed);
        }
        else
        {
            book.Note(changed);
        }

        if (_loadedTo is null || now - _staysReadAt >= StaysEvery)
        {
            _stays = await stays.ReadAsync(now, cancellationToken);
            _staysReadAt = now;
        }

        if (changed.Count > 0)
        {
            _raised = await table.RaisedSinceAsync(now - RateTime, cancellationToken);
        }

        _loadedTo = now;
    }

    private void Note(AlarmsApplied applied)
    {
        book.Note(applied.Alarms);
        book.Done(applied.Done);
    }
}
