using Microsoft.Extensions.Options;
using NodaTime;
using Parking.Admission;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Identity;
using Parking.Codes;

namespace Parking.Api.Codes;

/// <summary>
/// Loads the key ring before the first request. Once a minute it reads the changes of other instances and makes the changes that are
/// due: announce, retire or drop keys. A failure leaves the keys unchanged, which is safe for days, and is logged each time.
/// </summary>
internal sealed partial class KeyRotation(
    CodeKeys keys, KeyRingFile file, IOptions<CodeOptions> options, IClock clock, TimeProvider timeProvider, ILogger<KeyRotation> logger)
    : BackgroundService, IBackgroundWork
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly PeriodicTimer _timer = new(Interval, timeProvider);

    /// <summary>
    /// Held from reading or changing the file until its ring is in use. Otherwise an older ring could replace a newer one.
    /// </summary>
    private readonly Lock _lock = new();

    /// <summary>The time of writing of the file from which the current keys were read.</summary>
    private DateTime _readAsWritten;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Refresh(mayCreate: file.MayCreate(options.Value));
        }

        return base.StartAsync(cancellationToken);
    }

    public Task CatchUpAsync(CancellationToken cancellationToken)
    {
        TryRefresh();
        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(stoppingToken))
            {
                TryRefresh();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    /// <summary>
    /// Revokes a key for all instances: in this one at once, in the others within a minute. A repetition changes nothing.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="staff">Who revokes it, for the log.</param>
    /// <returns>False if no such key is in the ring.</returns>
    public bool Revoke(KeyId key, Staff staff)
    {
        lock (_lock)
        {
            var now = clock.GetCurrentInstant();
            KeyRing? before = null;
            KeyRing after;
            try
            {
                after = file.Change(options.Value, stored => (before = stored ?? throw Gone()).Revoke(key, now, SigningKey.Create));
            }
            catch (KeyNotFoundException)
            {
                return false;
            }

            // _readAsWritten is not updated here: another instance may have written the file since, and the next refresh must see that.
            keys.Use(new(after, now));
            if (after != before)
            {
                LogRevoked(key, after.SignerLike(key, now).Id, staff);
            }

            return true;
        }
    }

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    private void TryRefresh()
    {
        try
        {
            lock (_lock)
            {
                Refresh(mayCreate: false);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            LogRefreshFailed(e);
        }
    }

    private void Refresh(bool mayCreate)
    {
        var now = clock.GetCurrentInstant();
        var written = file.WrittenAt(options.Value);
        if (keys.AreLoaded && written == _readAsWritten && keys.Current.Ring.NextChangeAt > now)
        {
            // Nothing to do: new key objects would start with cold pools.
            return;
        }

        _readAsWritten = written;
        var ring = file.Read(options.Value);
        if (ring is null || ring.NextChangeAt <= now)
        {
            ring = file.Change(options.Value, stored => Advance(stored, now, mayCreate));
        }

        keys.Use(new(ring, now));
    }

    private KeyRing Advance(KeyRing? stored, Instant now, bool mayCreate)
    {
        if (stored is not null)
        {
            var advanced = stored.Advance(now, SigningKey.Create);
            if (advanced != stored)
            {
                var signer = advanced.SignerAt(now).Id;
                LogAdvanced(advanced.Lives.Count + advanced.CertificateLives.Count, signer, advanced.NextChangeAt);
            }

            return advanced;
        }

        if (!mayCreate)
        {
            throw Gone();
        }

        var first = SigningKey.Create();
        LogFounded(first.Id);
        var policy = options.Value.ToPolicy();
        return KeyRing.Found(first, now, policy, policy.HasCertificateKeys ? SigningKey.Create() : null);
    }

    private FileNotFoundException Gone() => new("The key ring is gone.", file.PathFor(options.Value));

    [LoggerMessage(
        EventId = 2001, EventName = "KeyRingFounded", Level = LogLevel.Information, Message = "Created a key ring; key {Key} signs codes")]
    private partial void LogFounded(KeyId key);

    [LoggerMessage(
        EventId = 2002,
        EventName = "KeyRingAdvanced",
        Level = LogLevel.Information,
        Message = "The key ring now has {Count} keys; key {Key} signs codes, and the next change is due at {NextChange}")]
    private partial void LogAdvanced(int count, KeyId key, Instant nextChange);

    [LoggerMessage(
        EventId = 2003,
        EventName = "KeyRingRefreshFailed",
        Level = LogLevel.Error,
        Message = "Could not read or write the key ring; the keys stay unchanged")]
    private partial void LogRefreshFailed(Exception exception);

    [LoggerMessage(
        EventId = 2004,
        EventName = "KeyRevoked",
        Level = LogLevel.Warning,
        Message = "Operator {Staff} revoked key {Key}; key {Signer} signs in its place")]
    private partial void LogRevoked(KeyId key, KeyId signer, Staff staff);
}
