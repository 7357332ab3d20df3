using System.Collections.Immutable;
using NodaTime;
using Parking.Accounts;
using Parking.Codes;
using Parking.Codes.Devices;
using Parking.Events;
using Parking.Ports;

namespace Parking.Devices;

/// <summary>Links devices, gives them certificates, and ends them.</summary>
/// <remarks>
/// Ending takes three steps: what the device was given goes on the list of revoked certificates, the book says that it has ended, and what
/// it was given between the two goes on the list. Each step can be repeated, so after a crash ending is done again. For a vehicle that
/// somebody shares, a device is first entered with the owner, then noted with the member, and only then gets certificates: whatever it was
/// given is found from the member's book.
/// </remarks>
public sealed class DeviceRegistry(IDeviceStore store, HolderRegistry holders, IClock clock)
{
    /// <summary>The devices of a holder.</summary>
    /// <exception cref="InvalidDataException">What is stored is damaged.</exception>
    public async Task<DeviceBook> LoadAsync(HolderId holder) => DeviceBookDocument.Read((await store.LoadAsync(holder)).Content);

    /// <summary>Links a device of somebody who is signed in, or notes the new sign-in of one that is linked.</summary>
    /// <returns>The device; null if the holder was erased meanwhile, or has no number free.</returns>
    public async Task<Device?> LinkAsync(HolderId holder, VerificationKey key, string name)
    {
        Device? linked = null;
        IReadOnlyList<Device> before = [];
        var after = await ChangeAsync(holder, (book, now) =>
        {
            before = [.. book.Linked];
            var result = book.Link(key, name, now);
            linked = result?.Device;
            return result?.Book;
        });
        foreach (var retired in before.Where(device => after?.Find(device.Number) is not { Ended: null }))
        {
            await EndElsewhereAsync(retired, DeviceEndReason.Retired);
        }

        return linked;
    }

    /// <summary>Gives a linked device another name.</summary>
    /// <returns>The device; null if it is not linked.</returns>
    public async Task<Device?> RenameAsync(HolderId holder, DeviceNumber number, string name) =>
        (await ChangeAsync(holder, (book, _) => book.Find(number) is { Link: { } link, Ended: null } device
            ? book.With(device with { Link = link with { Name = name } })
            : null))?.Find(number);

    /// <summary>
    /// Ends a device, and puts what it was given on the list of revoked certificates. Nothing happens if there is no such device.
    /// </summary>
    /// <param name="holder">Whose book it is in.</param>
    /// <param name="number">Its number there.</param>
    /// <param name="reason">Why. Certificates of a device that is only <see cref="DeviceEndReason.Retired"/> do not go on the list.</param>
    public async Task EndAsync(HolderId holder, DeviceNumber number, DeviceEndReason reason)
    {
        if ((await LoadAsync(holder)).Find(number) is not { } device)
        {
            return;
        }

        await EndElsewhereAsync(device, reason);
        await RevokeAsync(device, reason);
        var after = await ChangeAsync(holder, (book, now) => book.End(number, reason, now));
        await RevokeAsync(after?.Find(number), reason);
    }

    /// <summary>Ends the devices of those with whom the holder does not share a vehicle any more.</summary>
    public async Task EndGuestsAsync(HolderId owner)
    {
        var guests = (await LoadAsync(owner)).All.Where(device => device is { Guest: not null, Ended: null }).ToList();
        if (guests.Count == 0)
        {
            return;
        }

        var shares = (await holders.LoadAccountAsync(owner)).Listed.SelectMany(vehicle => vehicle.Members).Select(member => member.Share);
        foreach (var device in guests.ExceptBy(shares, device => device.Guest!.Share))
        {
            await EndAsync(owner, device.Number, DeviceEndReason.ShareEnded);
        }
    }

    /// <summary>Ends all devices of a holder who is erased. None can be linked afterwards.</summary>
    public async Task CloseAsync(HolderId holder)
    {
        foreach (var device in (await LoadAsync(holder)).All)
        {
            await EndAsync(holder, device.Number, DeviceEndReason.Removed);
        }

        await ChangeAsync(holder, (_, _) => DeviceBook.Closed);
    }

    /// <summary>Gives a linked device certificates, each for one vehicle and one key. All or none.</summary>
    /// <param name="holder">Who has linked it.</param>
    /// <param name="number">Its number with that holder.</param>
    /// <param name="wishes">What it asks for; whose keys they are was proved.</param>
    /// <param name="issue">Makes a certificate for a holder, a vehicle and a device, and for a key.</param>
    public async Task<IssueResult> IssueAsync(
        HolderId holder, DeviceNumber number, IReadOnlyList<CertificateWish> wishes, CertificateMaker issue)
    {
        if ((await LoadAsync(holder)).Find(number) is not { Link: { } link, Ended: null })
        {
            return new(IssueOutcome.NotLinked);
        }

        if (clock.GetCurrentInstant() >= link.RenewableUntil)
        {
            return new(IssueOutcome.SignInNeeded);
        }

        var given = new DeviceCertificate[wishes.Count];
        var order = wishes.Select((wish, index) => (wish, index)).ToLookup(one => (one.wish.Vehicle.Holder, one.wish.Share));
        foreach (var (group, share) in order.Select(one => one.Key).OrderBy(key => key.Holder == holder))
        {
            var at = share is { } shared ? await AdmitAsync(group, new(shared, holder, number)) : number;
            var outcome = at is { } known
                ? await IssueAsync(group, known, [.. order[(group, share)]], given, issue)
                : IssueOutcome.TooMany;
            if (outcome != IssueOutcome.Issued)
            {
                return new(outcome);
            }
        }

        return new(IssueOutcome.Issued) { Certificates = [.. given] };
    }

    /// <summary>
    /// Whether codes of a device are accepted: it is linked, and if the vehicle is shared, the share stands. A book that is damaged does
    /// not speak against anybody: whoever is parked must get out.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public async Task<bool> IsAcceptedAsync(SealedHolder code)
    {
        try
        {
            return (await LoadAsync(code.Holder)).Find(code.Device) is { Ended: null } device
                && (device.Guest is not { } guest || await StandsAsync(code, guest));
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    private async Task<bool> StandsAsync(SealedHolder code, GuestDevice guest) =>
        (await LoadAsync(guest.Member)).Find(guest.Number) is { Ended: null }
        && (await holders.LoadAccountAsync(code.Holder)).MembersOf(code.Vehicle).Any(member => member.Share == guest.Share);

    private async Task<DeviceNumber?> AdmitAsync(HolderId owner, GuestDevice guest)
    {
        DeviceNumber? at = null;
        await ChangeAsync(owner, (book, now) =>
        {
            var result = book.Admit(guest, now);
            at = result?.Device.Number;
            return result?.Book;
        });
        if (at is { } number)
        {
            await ChangeAsync(guest.Member, (book, _) => book.Find(guest.Number) is { Link: { } link } device
                && !link.Elsewhere.Contains((owner, number))
                    ? book.With(device with { Link = link with { Elsewhere = link.Elsewhere.Add((owner, number)) } })
                    : book);
        }

        return at;
    }

    private async Task<IssueOutcome> IssueAsync(
        HolderId holder,
        DeviceNumber number,
        IReadOnlyList<(CertificateWish Wish, int Index)> wishes,
        DeviceCertificate[] given,
        CertificateMaker issue)
    {
        var outcome = IssueOutcome.Issued;
        await ChangeAsync(holder, (stored, now) =>
        {
            var book = stored.WithoutWhatIsOld(now);
            outcome = book.Find(number) is not { Ended: null } device ? IssueOutcome.NotLinked
                : device.Issued.Length + wishes.Count > Device.MaxCertificates ? IssueOutcome.TooMany
                : IssueOutcome.Issued;
            if (outcome != IssueOutcome.Issued)
            {
                return null;
            }

            foreach (var (wish, index) in wishes)
            {
                given[index] = issue(wish.Vehicle with { Device = number }, wish.Key, now);
            }

            var issued = wishes.Select(one => new RevokedCertificate(given[one.Index].Id.Digest, given[one.Index].ExpiresAt));
            var known = book.Find(number)!;
            return book.With(known with
            {
                Issued = known.Issued.AddRange(issued),
                Link = known.Link is { } link ? link with { UsedAt = now } : null,
            });
        });
        return outcome;
    }

    private async Task EndElsewhereAsync(Device device, DeviceEndReason reason)
    {
        foreach (var (owner, number) in device.Link?.Elsewhere ?? [])
        {
            await EndAsync(owner, number, reason);
        }
    }

    private Task RevokeAsync(Device? device, DeviceEndReason reason) =>
        device is null or { Issued: [] } || reason == DeviceEndReason.Retired
            ? Task.CompletedTask
            : store.RevokeAsync(device.Issued, clock.GetCurrentInstant());

    /// <inheritdoc cref="HolderRegistry.ChangeAsync" path="/summary"/>
    private async Task<DeviceBook?> ChangeAsync(HolderId holder, Func<DeviceBook, Instant, DeviceBook?> change)
    {
        // As with accounts: each lost race means that another writer succeeded, so the loop ends.
        while (true)
        {
            var now = clock.GetCurrentInstant().ToMilliseconds();
            var stored = await store.LoadAsync(holder);
            var before = DeviceBookDocument.Read(stored.Content);
            var after = before.IsClosed ? before : change(before, now);
            if (after is null || after == before
                || await store.SaveAsync(holder, stored.Version, DeviceBookDocument.Write(after.WithoutWhatIsOld(now))))
            {
                return after;
            }
        }
    }
}

/// <summary>Makes a certificate.</summary>
/// <param name="holder">Holder, vehicle and device that it is to name.</param>
/// <param name="key">The key of its codes.</param>
/// <param name="now">The time.</param>
public delegate DeviceCertificate CertificateMaker(SealedHolder holder, VerificationKey key, Instant now);

/// <summary>A certificate that a device asks for.</summary>
/// <param name="Vehicle">The vehicle, with its owner.</param>
/// <param name="Share">By which share it is used; null for an own vehicle.</param>
/// <param name="Key">The public key of the codes, for this certificate alone.</param>
public sealed record CertificateWish(SealedHolder Vehicle, ShareId? Share, VerificationKey Key)
{
    /// <summary>Names nobody.</summary>
    public override string ToString() => "certificate that a device asks for";
}

/// <summary>What came of asking for certificates.</summary>
/// <param name="Outcome">How it ended.</param>
public sealed record IssueResult(IssueOutcome Outcome)
{
    /// <summary>In the order of the wishes; none unless all were issued.</summary>
    public ImmutableArray<DeviceCertificate> Certificates { get; init; } = [];
}

/// <summary>How asking for certificates ended.</summary>
public enum IssueOutcome
{
    /// <summary>All were issued.</summary>
    Issued,

    /// <summary>The device is not linked, or not any more.</summary>
    NotLinked,

    /// <summary>Nobody has signed in with the device for <see cref="DeviceLink.Renewable"/>.</summary>
    SignInNeeded,

    /// <summary>The device has <see cref="Device.MaxCertificates"/> that have not expired, or its owner has no number free.</summary>
    TooMany,
}
