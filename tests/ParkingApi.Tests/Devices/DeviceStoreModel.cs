using NodaTime;
using Parking.Codes;
using Parking.Ports;

namespace Parking.Api.Tests.Devices;

/// <summary>A store of devices in memory: what a real one must look like from outside.</summary>
internal sealed class DeviceStoreModel : IDeviceStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<HolderId, StoredDevices> _books = [];
    private readonly List<NumberedRevocation> _revoked = [];
    private long _newest;

    public Task<StoredDevices> LoadAsync(HolderId holder)
    {
        lock (_lock)
        {
            return Task.FromResult(_books.GetValueOrDefault(holder));
        }
    }

    public Task<bool> SaveAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content)
    {
        lock (_lock)
        {
            var isNext = _books.GetValueOrDefault(holder).Version == expectedVersion;
            if (isNext)
            {
                _books[holder] = new(expectedVersion + 1, content);
            }

            return Task.FromResult(isNext);
        }
    }

    public Task RevokeAsync(IReadOnlyCollection<CertificateMark> certificates, Instant oldest)
    {
        lock (_lock)
        {
            _revoked.RemoveAll(entry => entry.Certificate.ExpiresAt <= oldest);
            _revoked.AddRange(certificates
                .Where(certificate => certificate.ExpiresAt > oldest && _revoked.All(entry => entry.Certificate != certificate))
                .Select(certificate => new NumberedRevocation(++_newest, certificate))
                .ToList());
            return Task.CompletedTask;
        }
    }

    public Task<RevocationPage> ReadRevocationsAsync(long after, int limit)
    {
        lock (_lock)
        {
            return Task.FromResult(new RevocationPage([.. _revoked.Where(entry => entry.Number > after).Take(limit)], _newest));
        }
    }
}

/// <summary>
/// Devices whose caller dies at one of its writes: just before the write is carried out, or just after, without learning the outcome.
/// </summary>
/// <param name="store">The devices.</param>
/// <param name="writesUntilCrash">The write at which the caller dies, counted from 0. Later writes are carried out.</param>
/// <param name="isWritten">Whether that write is carried out.</param>
internal sealed class CrashingDevices(IDeviceStore store, int writesUntilCrash, bool isWritten) : IDeviceStore
{
    private int _writesLeft = writesUntilCrash;

    /// <summary>Whether the caller has died.</summary>
    public bool HasCrashed => _writesLeft < 0;

    public Task<StoredDevices> LoadAsync(HolderId holder) => store.LoadAsync(holder);

    public Task<RevocationPage> ReadRevocationsAsync(long after, int limit) => store.ReadRevocationsAsync(after, limit);

    public Task<bool> SaveAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content) =>
        WriteAsync(() => store.SaveAsync(holder, expectedVersion, content));

    public Task RevokeAsync(IReadOnlyCollection<CertificateMark> certificates, Instant oldest) => WriteAsync(async () =>
    {
        await store.RevokeAsync(certificates, oldest);
        return true;
    });

    private async Task<bool> WriteAsync(Func<Task<bool>> write)
    {
        var crashes = _writesLeft-- == 0;
        if (crashes && !isWritten)
        {
            throw new Gates.CrashException();
        }

        var isDone = await write();
        return crashes ? throw new Gates.CrashException() : isDone;
    }
}
