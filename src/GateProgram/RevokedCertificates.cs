using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using NodaTime;
using Parking.Codes;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>
/// The certificates of devices that this gate knows to be revoked, in memory and on its disk. A file that is damaged is ignored: the gate
/// reads the list again from its beginning. One reader and one writer may use it at a time.
/// </summary>
internal sealed class RevokedCertificates
{
    private const string Name = "revocations.json";

    /// <summary>
    /// How long after a certificate's expiry its revocation is remembered: for as long as its key may be known here. A late exit, and a
    /// gate with a wrong clock, accept codes of a certificate that has expired.
    /// </summary>
    private static readonly Duration Memory = Duration.FromDays(90);

    private readonly IGateFolder _folder;
    private ImmutableSortedDictionary<string, Instant> _expiries =
        ImmutableSortedDictionary.Create<string, Instant>(StringComparer.Ordinal);

    private string _epoch = "";
    private bool _isChanged;

    /// <param name="folder">Where the list is kept.</param>
    /// <param name="before">Where it was kept before, if that is another folder.</param>
    public RevokedCertificates(IGateFolder folder, IGateFolder before)
    {
        _folder = folder;
        if ((Load(folder) ?? Load(before)) is { } kept)
        {
            (_epoch, Through) = (kept.Epoch, kept.Through);
            _expiries = kept.Expiries.ToImmutableSortedDictionary(StringComparer.Ordinal);
        }
    }

    /// <summary>The number up to which the list was read, in the store's present epoch.</summary>
    public long Through { get; private set; }

    /// <summary>Whether the certificate of a code is known to be revoked.</summary>
    public bool Have(CodeCheck check) => check.Certificate is { } certificate
        && _expiries.ContainsKey(certificate.Id.Digest.ToString("x16", CultureInfo.InvariantCulture));

    /// <summary>
    /// Whether there is something to read. In a new epoch of the store the numbers begin again, and it may have lost entries: the gate
    /// reads from the beginning, and keeps what it knows.
    /// </summary>
    /// <param name="epoch">The present epoch.</param>
    /// <param name="newest">The newest number in it.</param>
    public bool LackUpTo(string epoch, long newest)
    {
        if (epoch != _epoch)
        {
            (_epoch, Through, _isChanged) = (epoch, 0, true);
        }
        return newest != Through;
    }

    /// <summary>Takes in a part of the list.</summary>
    /// <returns>
    /// Whether there may be more. Not if the part is of another epoch than the last heartbeat told: then the next one tells what to read.
    /// </returns>
    public bool Take(GateRevocations part)
    {
        if (part.Epoch != _epoch)
        {
            return false;
        }
        var last = part.Entries.Count == 0 ? part.Newest : part.Entries.Max(entry => entry.Number);
        var hasMore = part.Entries.Count > 0 && last > Through && last < part.Newest;
        _isChanged |= last != Through;
        _expiries = _expiries.SetItems(part.Entries.Select(entry => KeyValuePair.Create(entry.Digest, entry.ExpiresAt)));
        Through = last;
        return hasMore;
    }

    /// <summary>Forgets what can never matter again, and keeps the rest on the disk.</summary>
    /// <param name="now">The true time.</param>
    /// <returns>Why it could not be written; null if it was.</returns>
    public string? Store(Instant now)
    {
        if (!_isChanged)
        {
            return null;
        }
        _expiries = _expiries.RemoveRange(_expiries.Where(entry => entry.Value + Memory <= now).Select(entry => entry.Key));
        try
        {
            var kept = new KeptRevocations(_epoch, Through, _expiries, "");
            _folder.WriteWhole(Name, Serialize(kept with { Sum = SumOf(kept) }));
            _isChanged = false;
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }

    private static KeptRevocations? Load(IGateFolder folder)
    {
        try
        {
            var kept = folder.List().Contains(Name)
                ? JsonSerializer.Deserialize<KeptRevocations>(folder.ReadAll(Name), ClientJson.Options)
                : null;
            return kept is { Epoch: not null, Expiries: not null } && kept.Sum == SumOf(kept) ? kept : null;
        }
        catch (Exception error) when (GateStorage.IsDisk(error))
        {
            return null;
        }
    }

    /// <summary>A changed digit would let a stolen phone in, and nobody would ask for that entry again.</summary>
    private static string SumOf(KeptRevocations kept) =>
        Checksum.Compute(Serialize(kept with { Sum = "" })).ToString("x8", CultureInfo.InvariantCulture);

    private static byte[] Serialize(KeptRevocations kept) => JsonSerializer.SerializeToUtf8Bytes(kept, ClientJson.Options);

    /// <summary>The list as it is stored on the gate's disk.</summary>
    /// <param name="Epoch">The epoch in which it was read.</param>
    /// <param name="Through">Up to which number it was read there.</param>
    /// <param name="Expiries">When each certificate expires, by its digest, in the order of the digests.</param>
    /// <param name="Sum">The CRC-32C of this without the sum, as 8 hexadecimal digits.</param>
    private sealed record KeptRevocations(string Epoch, long Through, IReadOnlyDictionary<string, Instant> Expiries, string Sum);
}
