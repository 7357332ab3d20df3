using System.Buffers.Binary;
using System.Security.Cryptography;
using NodaTime;
using Parking.Accounts;
using Parking.BackOffice.Sql;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.Stays;
using Parking.Timelines;

namespace Parking.BackOffice.Archive;

/// <summary>
/// Compares a timeline with what is archived of its holder. Pure, but for the random subject of a holder that is new.
/// </summary>
/// <remarks>
/// <para>A stay that follows from the timeline gets a revision if its facts differ from those of the last one. While it is open and never
/// ended, only its row changes.</para>
/// <para>Absence proves nothing by itself. A stay that does not follow from the timeline any more is superseded if another stay ends by its
/// first event, and withdrawn if that event is there all the same. If the event itself is gone, the archive keeps the stay as it is: for
/// good if it is older than timelines remember, otherwise noted as unaccounted.</para>
/// </remarks>
internal sealed class TimelineComparison(CityDirectory city, StayPricing pricing, StayNames names, ArchiveKeys keys)
{
    /// <summary>The archive's names of all stays that follow from a timeline, or ever did: a stay begins with one of its scans.</summary>
    public IEnumerable<string> NamesOf(HolderId holder, Timeline timeline) =>
        timeline.Scans.Select(scan => keys.StayOf(names.NameOf(holder, scan.Vehicle, scan.Id)));

    /// <summary>The archive's names of the stays that follow from a timeline and are not among those that are archived.</summary>
    public IEnumerable<string> NamesOfNew(HolderId holder, Timeline timeline, IEnumerable<StayRow> archived) =>
        timeline.Stays.Select(stay => keys.StayOf(names.NameOf(holder, stay))).Except(archived.Select(row => row.Stay));

    /// <summary>The first 8 bytes of the SHA-256 of a timeline's content.</summary>
    public static long HashOf(ReadOnlySpan<byte> content) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(content));

    /// <param name="holder">The holder.</param>
    /// <param name="content">The timeline's content, of which <paramref name="timeline"/> was read.</param>
    /// <param name="timeline">The timeline.</param>
    /// <param name="subject">The holder's row; null if the archive does not know the holder.</param>
    /// <param name="archived">
    /// The rows of the holder's stays: those of <see cref="NamesOf"/>, and all that ended within <see cref="Timeline.StayRetention"/>, or
    /// not at all.
    /// </param>
    /// <param name="last">The last revisions, by name, of those <see cref="NamesOfNew"/> that have any.</param>
    /// <param name="account">The holder's vehicle account, for the plates of new stays.</param>
    /// <param name="now">When this is.</param>
    public HolderChange Compare(
        HolderId holder,
        ReadOnlyMemory<byte> content,
        Timeline timeline,
        SubjectRow? subject,
        IReadOnlyList<StayRow> archived,
        IReadOnlyDictionary<string, RevisionRow> last,
        VehicleAccount account,
        Instant now)
    {
        var signed = unchecked((long)holder.Value);
        if (timeline.Events.IsEmpty && (subject is null || timeline.ErasedAt is not null))
        {
            return new() { Holder = signed, Forgets = subject is not null };
        }

        var row = new SubjectRow
        {
            Holder = signed,
            Subject = subject?.Subject ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            Content = HashOf(content.Span),
            HiddenAt = subject?.HiddenAt ?? timeline.ErasedAt?.ToMicroseconds(),
        };
        var known = archived.ToDictionary(stay => stay.Stay);
        var changes = new Changes(city, row.Subject, now);
        foreach (var stay in timeline.Stays)
        {
            var name = keys.StayOf(names.NameOf(holder, stay));
            var isKept = known.Remove(name, out var kept);
            var before = kept ?? New(name, signed, stay, last.GetValueOrDefault(name));
            Follow(changes, timeline, stay, before, isKept, account, timeline.ErasedAt is not null);
        }

        foreach (var before in known.Values)
        {
            Miss(changes, holder, timeline, before, now);
        }

        return new()
        {
            Holder = signed,
            Subject = row,
            Stays = changes.Stays,
            Days = changes.Days,
            Revisions = changes.Revisions,
            Sources = changes.Sources,
        };
    }

    /// <summary>A stay that has no row; with <paramref name="last"/> as it was when its holder was forgotten.</summary>
    private static StayRow New(string name, long holder, Stay stay, RevisionRow? last) => new()
    {
        Stay = name,
        Holder = holder,
        Vehicle = stay.Vehicle.Value,
        Event = EventIdBytes.Of(stay.Id),
        Facility = stay.Facility.Value,
        BeganAt = last?.EnteredAt ?? last?.EndedAt ?? 0,
        EnteredAt = last?.EnteredAt,
        EndedAt = last?.EndedAt,
        Ending = last?.Ending ?? 0,
        State = last?.State ?? 0,
        Doubts = last?.Doubts ?? 0,
        Revision = last?.Revision ?? 0,
        Facts = last?.Facts ?? [],
    };

    private void Follow(
        Changes changes, Timeline timeline, Stay stay, StayRow before, bool isKept, VehicleAccount account, bool isErased)
    {
        var exit = stay.Ending is StayEnding.Exited or StayEnding.MissedEntry ? timeline.Find(stay.EndedBy!.Value) as ScanEvent : null;
        var facts = StayFacts.HashOf(stay, exit?.Displayed);
        var plate = isErased ? null : before.Plate ?? (account.PlateOf(stay) is { } worn ? keys.PlateOf(worn) : null);
        var isSame = before.Facts.AsSpan().SequenceEqual(facts);
        if (isKept && isSame && before.UnaccountedAt is null && (plate is null) == (before.Plate is null))
        {
            return;
        }

        // Whether it was too long is looked up once for each revision, so that another city file does not amend what is archived. Of an
        // open stay, only the time tells.
        var judged = stay.EndedAt is { } ended ? city.Judge(stay, ended) : stay;
        var isRevision = !isSame && (!stay.IsOpen || before.Revision > 0);
        var after = before with
        {
            Plate = plate,
            EntryGate = stay.EnteredAt is null ? null : stay.Id.Gate.Value,
            ExitGate = exit?.Id.Gate.Value,
            BeganAt = (stay.EnteredAt ?? stay.EndedAt)!.Value.ToMicroseconds(),
            EnteredAt = stay.EnteredAt?.ToMicroseconds(),
            EndedAt = stay.EndedAt?.ToMicroseconds(),
            Ending = (int)stay.Ending,
            State = isSame ? before.State : (int)judged.State,
            Doubts = isSame ? before.Doubts : (int)judged.Doubts,
            Revision = before.Revision + (isRevision ? 1 : 0),
            Facts = facts,
            UnaccountedAt = null,
        };
        changes.Put(before, after);
        if (isRevision)
        {
            changes.Revisions.Add(Price(changes, stay, changes.Revise(after) with
            {
                EarliestEntry = stay.EarliestEntry?.ToMicroseconds(),
                LatestExit = stay.LatestExit?.ToMicroseconds(),
                TariffVersion = stay.Terms?.TariffVersion,
                VehicleClass = (int?)stay.Terms?.VehicleClass,
                OccupancyPercent = stay.Terms?.OccupancyPercent,
                Entitlements = stay.Terms?.Entitlements.Text,
                Displayed = exit?.Displayed?.Total,
                DisplayedCurrency = exit?.Displayed?.Currency,
            }));
        }
    }

    private void Miss(Changes changes, HolderId holder, Timeline timeline, StayRow before, Instant now)
    {
        var first = EventIdBytes.Read(before.Event);
        if (timeline.Find(first) is null)
        {
            var isOld = before.EndedAt is { } ended && ended < (now - Timeline.StayRetention).ToMicroseconds();
            if (!isOld && before.UnaccountedAt is null && before.State < (int)StayState.Superseded)
            {
                changes.Put(before, before with { UnaccountedAt = now.ToMicroseconds() });
            }

            return;
        }

        var whole = timeline.Stays.FirstOrDefault(stay => stay.EndedBy == first);
        var facts = StayFacts.HashOfGone(first, whole?.Id);
        if (before.Facts.AsSpan().SequenceEqual(facts))
        {
            return;
        }

        var after = before with
        {
            State = (int)(whole is null ? StayState.Withdrawn : StayState.Superseded),
            Revision = before.Revision + 1,
            Facts = facts,
            UnaccountedAt = null,
        };
        changes.Put(before, after);
        changes.Revisions.Add(changes.Revise(after) with
        {
            SupersededBy = whole is null ? null : keys.StayOf(names.NameOf(holder, whole)),
        });
    }

    private RevisionRow Price(Changes changes, Stay stay, RevisionRow revision)
    {
        if (stay.IsOpen || pricing.QuoteOf(stay, stay.EndedAt!.Value) is not { } quote
            || city.FindFacility(stay.Facility)?.Tariff is not { } tariff)
        {
            return revision;
        }

        var document = PriceSources.Of(tariff);
        var calendar = tariff.HolidayCalendar is { } days ? PriceSources.Of(days) : null;
        changes.Sources.Add(document);
        if (calendar is not null)
        {
            changes.Sources.Add(calendar);
        }

        return revision with
        {
            Total = quote.Total,
            Currency = quote.Currency,
            Lines = PriceSources.LinesOf(quote),
            TariffHash = document.Hash,
            CalendarHash = calendar?.Hash,
            TimeZones = PriceSources.TimeZones,
        };
    }

    /// <summary>What was found so far.</summary>
    private sealed record Changes(CityDirectory City, string Subject, Instant Now)
    {
        public List<StayRow> Stays { get; } = [];

        public HashSet<ChangedDay> Days { get; } = [];

        public List<RevisionRow> Revisions { get; } = [];

        public List<PriceSource> Sources { get; } = [];

        public void Put(StayRow before, StayRow after)
        {
            Stays.Add(after);
            if (City.FindFacility(new(after.Facility)) is { } facility)
            {
                Days.UnionWith(ChangedDays.Of(facility, before, after, Now));
            }
        }

        public RevisionRow Revise(StayRow stay) => new()
        {
            Stay = stay.Stay,
            Revision = stay.Revision,
            Subject = Subject,
            RecordedAt = Now.ToMicroseconds(),
            Facts = stay.Facts,
            Facility = stay.Facility,
            EntryGate = stay.EntryGate,
            ExitGate = stay.ExitGate,
            EnteredAt = stay.EnteredAt,
            EndedAt = stay.EndedAt,
            Ending = stay.Ending,
            State = stay.State,
            Doubts = stay.Doubts,
        };
    }
}
