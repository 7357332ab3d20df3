using System.Collections.Immutable;
using NodaTime;
using Parking.Accounts;
using Parking.Codes;
using Parking.Codes.Devices;
using Parking.Ports;

namespace Parking.Devices;

/// <summary>Links devices, gives them certificates, and ends them.</summary>
/// <remarks>
/// Ending takes three steps: what the device was given goes on the list of revoked certificates, the book says that it has ended, and what
/// it was given between the two goes on the list. Each step can be repeated, so after a crash ending is done again. For a vehicle that
/// somebody shares, a device is first entered with the owner, then noted with the member, and only then gets certificates. It is not noted
/// once it has ended, and an ended device stays in the book, so whatever it was given is found from there.
/// </remarks>
public sealed partial class DeviceRegistry(
    IDeviceStore store, HolderRegistry holders, IClock clock, ILogger<DeviceRegistry> logger)
{
    private readonly DeviceBooks _books = new(store, clock);

    /// <inheritdoc cref="DeviceBooks.LoadAsync"/>
    public Task<DeviceBook> LoadAsync(HolderId holder) => _books.LoadAsync(holder);

    /// <summary>Links a device of somebody who is signed in, or notes the new sign-in of one that is linked.</summary>
    /// <returns>The device; null if the holder was erased meanwhile, or has no number free.</returns>
    public async Task<Device?> LinkAsync(HolderId holder, VerificationKey key, string name)
    {
        var point = DevicePoint.Of(key);
        Device? retired = null;
        var after = await _books.ChangeAsync(holder, (book, now) =>
        {
            var result = book.Link(point, name, now);
            retired = result?.Retired;
            return result?.Book;
        });
        if (after is not null && retired is not null)
        {
            await _books.EndElsewhereAsync(holder, retired, DeviceEndReason.Retired);
        }

        return after?.Linked.FirstOrDefault(device => device.Link!.Key == point);
    }

    /// <summary>Gives a linked device another name.</summary>
    /// <returns>The device; null if it is not linked.</returns>
    public async Task<Device?> RenameAsync(HolderId holder, DeviceNumber number, string name) =>
        (await _books.ChangeAsync(holder, (book, _) => book.Find(number) is { Link: { } link, Ended: null } device
            ? book.With(device with { Link = link with { Name = name } })
            : null))?.Find(number);

    /// <summary>
    /// Ends a device, and puts what it was given on the list of revoked certificates. Nothing happens if there is no such device.
    /// </summary>
    /// <param name="holder">Who has linked it.</param>
    /// <param name="number">Its number with that holder.</param>
    public Task RemoveAsync(HolderId holder, DeviceNumber number) => _books.EndAsync(
        holder, device => device.Number == number && device.Link is not null, DeviceEndReason.Removed);

    /// <summary>
    /// Ends the devices of those with whom the holder does not share a vehicle any more. Safe to repeat, also for those that have ended.
    /// What cannot be read is logged and passed over: the share has ended all the same. Entries refuse such devices where there is a
    /// network; gates that decide alone let them in until their certificates expire.
    /// </summary>
    public async Task EndGuestsAsync(HolderId owner)
    {
        try
        {
            var guests = (await LoadAsync(owner)).All.Select(device => device.Guest).OfType<GuestDevice>().ToList();
            if (guests.Count == 0)
            {
                return;
            }

            var members = (await holders.LoadAccountAsync(owner)).Listed.SelectMany(vehicle => vehicle.Members);
            foreach (var guest in guests.ExceptBy(members.Select(member => member.Share), guest => guest.Share))
            {
                await _books.EndAsync(owner, device => device.Guest == guest, DeviceEndReason.ShareEnded);
            }
        }
        catch (InvalidDataException error)
        {
            Unreadable(logger, error.Message);
        }
    }

    /// <inheritdoc cref="EndGuestsAsync(HolderId)" path="/summary"/>
    public async Task EndGuestsAsync(IEnumerable<HolderId> owners)
    {
        foreach (var owner in owners)
        {
            await EndGuestsAsync(owner);
        }
    }

    /// <summary>The owners of vehicles for which devices of a holder were given certificates.</summary>
    /// <remarks>None, if what is stored is damaged, which is logged: that must not keep anybody from leaving a share.</remarks>
    public async Task<IReadOnlyList<HolderId>> OwnersOfAsync(HolderId member)
    {
        try
        {
            return
            [
                .. (await LoadAsync(member)).All.SelectMany(device => device.Link?.Elsewhere ?? []).Select(place => place.Owner).Distinct(),
            ];
        }
        catch (InvalidDataException error)
        {
            Unreadable(logger, error.Message);
            return [];
        }
    }

    /// <summary>Gives a linked device certificates, each for one vehicle and one key.</summary>
    /// <param name="holder">Who has linked it.</param>
    /// <param name="number">Its number with that holder.</param>
    /// <param name="wishes">What it asks for; whose keys they are was proved.</param>
    /// <param name="issue">Makes a certificate for a holder, a vehicle and a device, and for a key.</param>
    public async Task<IssueResult> IssueAsync(
        HolderId holder, DeviceNumber number, IReadOnlyList<CertificateWish> wishes, CertificateMaker issue)
    {
        // Notes the use first, also of a device that makes codes only for vehicles of others: it is not the longest unused.
        var used = await _books.ChangeAsync(holder, (book, now) =>
            book.Find(number) is { Link: { } link, Ended: null } device && now < link.RenewableUntil
                ? book.With(device with { Link = link with { UsedAt = now } })
                : book);
        if (used?.Find(number) is not { Link: { } linked, Ended: null })
        {
            return new(IssueOutcome.NotLinked);
        }

        if (clock.GetCurrentInstant() >= linked.RenewableUntil)
        {
            return new(IssueOutcome.SignInNeeded);
        }

        var given = new DeviceCertificate[wishes.Count];
        var numbered = wishes.Select((wish, index) => (Wish: wish, Index: index));
        foreach (var group in numbered.GroupBy(one => (one.Wish.Vehicle.Holder, one.Wish.Share)))
        {
            var ((owner, share), ours) = (group.Key, group.ToList());
            var guest = share is { } shared ? new GuestDevice(shared, holder, number) : null;
            var outcome = guest is null
                ? await IssueAsync(owner, device => device.Number == number && device.Link is not null, ours, given, issue)
                : await IssueToGuestAsync(owner, guest, ours, given, issue);
            if (outcome != IssueOutcome.Issued)
            {
                return new(outcome);
            }
        }

        return new(IssueOutcome.Issued) { Certificates = [.. given] };
    }

    /// <summary>
    /// Whether the code of a device is accepted, as far as the device is concerned: it is linked, and if the vehicle is shared, the share
    /// stands. Exits refuse only what was removed: whoever was retired, or whose share has ended, may be parked.
    /// </summary>
    /// <param name="code">Holder, vehicle and device of the code.</param>
    /// <param name="digest">The certificate's; see <see cref="CertificateId.Digest"/>.</param>
    /// <param name="isExit">Whether somebody wants to leave.</param>
    /// <remarks>
    /// A certificate that nobody has noted is one that the store has lost: the service signed it, and gives none without noting it. What
    /// was lost keeps nobody inside, and neither does a book that cannot be read. Whether an erased holder may enter, the timeline says.
    /// </remarks>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public async Task<bool> IsAcceptedAsync(SealedHolder code, ulong digest, bool isExit)
    {
        try
        {
            return (await LoadAsync(code.Holder)).FindGiven(digest) is not { } device
                || device.Ended switch
                {
                    null => isExit || device.Guest is not { } guest || await StandsAsync(code, guest),
                    var end => isExit && end.Reason != DeviceEndReason.Removed,
                };
        }
        catch (InvalidDataException error)
        {
            Unreadable(logger, error.Message);
            return isExit;
        }
    }

    /// <summary>
    /// Whether the share stands and the member has not ended the device: after a crash between the two books, only the member's says so.
    /// </summary>
    private async Task<bool> StandsAsync(SealedHolder code, GuestDevice guest) =>
        (await holders.LoadAccountAsync(code.Holder)).MembersOf(code.Vehicle)
            .Any(member => member.Share == guest.Share && member.Holder == guest.Member)
        && (await LoadAsync(guest.Member)).Find(guest.Number) is not { Ended: not null };

    private async Task<IssueOutcome> IssueToGuestAsync(
        HolderId owner,
        GuestDevice guest,
        IReadOnlyList<(CertificateWish Wish, int Index)> wishes,
        DeviceCertificate[] given,
        CertificateMaker issue)
    {
        var admitted = (await _books.ChangeAsync(owner, (book, now) => book.Admit(guest, now)?.Book))
            ?.All.FirstOrDefault(device => device.Guest == guest && device.Ended is null);
        if (admitted is null)
        {
            return IssueOutcome.TooManyGuests;
        }

        var noted = await _books.ChangeAsync(guest.Member, (book, _) => book.Find(guest.Number) is { Link: { } link, Ended: null } device
            ? link.Elsewhere.Contains((owner, admitted.Number))
                ? book
                : book.With(device with { Link = link with { Elsewhere = link.Elsewhere.Add((owner, admitted.Number)) } })
            : null);
        var outcome = noted is null
            ? IssueOutcome.NotLinked
            : await IssueAsync(owner, device => device.Guest == guest && device.Ended is null, wishes, given, issue);
        if (outcome == IssueOutcome.NotLinked)
        {
            await _books.EndAsync(owner, device => device.Guest == guest, DeviceEndReason.Removed);
        }

        // Whoever withdrew the share meanwhile has looked at the devices before this one was admitted.
        await EndGuestsAsync(owner);
        return outcome;
    }

    private async Task<IssueOutcome> IssueAsync(
        HolderId holder,
        Func<Device, bool> isAsking,
        IReadOnlyList<(CertificateWish Wish, int Index)> wishes,
        DeviceCertificate[] given,
        CertificateMaker issue)
    {
        var outcome = IssueOutcome.NotLinked;
        await _books.ChangeAsync(holder, (stored, now) =>
        {
            var book = stored.WithoutWhatIsOld(now);
            var device = book.All.FirstOrDefault(device => isAsking(device) && device.Ended is null);
            outcome = device is null ? IssueOutcome.NotLinked
                : book.HasRoom(device, wishes.Count, now) ? IssueOutcome.Issued
                : IssueOutcome.TooMany;
            if (outcome != IssueOutcome.Issued)
            {
                return null;
            }

            foreach (var (wish, index) in wishes)
            {
                given[index] = issue(wish.Vehicle with { Device = device!.Number }, wish.Key, now);
            }

            var issued = wishes.Select(one => new CertificateMark(given[one.Index].Id.Digest, given[one.Index].ExpiresAt));
            return book.With(device! with { Issued = device!.Issued.AddRange(issued) });
        });
        return outcome;
    }

    [LoggerMessage(1019, LogLevel.Error, "The devices of a holder cannot be read: {Reason}", EventName = "DevicesUnreadable")]
    private static partial void Unreadable(ILogger logger, string reason);
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

    /// <summary>There are <see cref="DeviceBook.MaxCertificates"/> that have not expired.</summary>
    TooMany,

    /// <summary>A share has <see cref="DeviceBook.MaxGuests"/> devices, or its owner has no number free.</summary>
    TooManyGuests,
}
