using NodaTime;
using Parking.Codes;

namespace Parking.Ports;

/// <summary>Keeps the devices of holders, and the list of revoked certificates. Kept in the same store as the live stays.</summary>
/// <remarks>The rules of <see cref="ILiveStore"/> hold for every method.</remarks>
public interface IDeviceStore
{
    /// <summary>
    /// For how long after its expiry a revoked certificate stays on the list: a gate that is cut off lets people out with codes that have
    /// expired, and may have been so for long.
    /// </summary>
    static readonly Duration RevokedRetention = Duration.FromDays(30);

    /// <summary>Loads the holder's devices as stored; version 0 and no content if there are none.</summary>
    Task<StoredDevices> LoadAsync(HolderId holder);

    /// <summary>
    /// Stores <paramref name="content"/> as version <paramref name="expectedVersion"/> + 1 if the version is still
    /// <paramref name="expectedVersion"/>.
    /// </summary>
    /// <returns>False if the version is another by now; then nothing changed.</returns>
    Task<bool> SaveAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content);

    /// <summary>
    /// Adds certificates to the list, each with the next number. One that is on it keeps its number. What has expired by
    /// <paramref name="oldest"/> is not added, and dropped from the list; numbers are never given twice.
    /// </summary>
    Task RevokeAsync(IReadOnlyCollection<CertificateMark> certificates, Instant oldest);

    /// <summary>Reads the list in the order of its numbers.</summary>
    /// <param name="after">The last number that the caller knows; 0 to begin.</param>
    /// <param name="limit">The most entries to return; at least 1.</param>
    Task<RevocationPage> ReadRevocationsAsync(long after, int limit);
}

/// <summary>A holder's devices as stored. Version 0: there are none yet, and <see cref="Content"/> is empty.</summary>
public readonly record struct StoredDevices(long Version, ReadOnlyMemory<byte> Content);

/// <summary>What is kept of a certificate that was given, and what gates are told of one that was revoked.</summary>
/// <param name="Digest">The first 8 bytes of the SHA-256 of its id, as a big-endian number.</param>
/// <param name="ExpiresAt">When it would have expired, in whole seconds.</param>
public readonly record struct CertificateMark(ulong Digest, Instant ExpiresAt);

/// <summary>A revoked certificate on the list.</summary>
/// <param name="Number">Its number, from 1; later ones have larger numbers.</param>
/// <param name="Certificate">The certificate.</param>
public readonly record struct NumberedRevocation(long Number, CertificateMark Certificate);

/// <summary>A part of the list of revoked certificates.</summary>
/// <param name="Entries">In the order of their numbers. Between two there may be numbers whose certificates have expired.</param>
/// <param name="Newest">The largest number ever given; 0 if none was.</param>
public readonly record struct RevocationPage(IReadOnlyList<NumberedRevocation> Entries, long Newest);
