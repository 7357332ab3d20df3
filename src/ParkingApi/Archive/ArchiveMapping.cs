using System.Globalization;
using NodaTime;
using Parking.Api.Facilities;
using Parking.Api.Stays;
using Parking.Api.Tariffs;
using Parking.BackOffice.Archive;
using Parking.Timelines;

namespace Parking.Api.Archive;

/// <summary>Maps what the archive finds to contracts.</summary>
internal static class ArchiveMapping
{
    public static Contracts.ArchivedStaysAnswer ToContract(this ArchivePage page) => new(
        [.. page.Stays.Select(ToContract)], page.Next?.ToText());

    public static Contracts.ArchivedStayAnswer ToContract(this ArchivedHistory history) =>
        new(history.Stay.ToContract(), [.. history.Revisions.Select(ToContract)]);

    /// <summary>A page for the citizen whose stays they are.</summary>
    public static Contracts.MyArchivedStaysAnswer ToOwnersContract(this OwnPage page) =>
        new([.. page.Stays.Select(ToOwnersContract)], page.Next?.ToText());

    /// <summary>A stay for the citizen whose it is.</summary>
    public static Contracts.MyArchivedStayAnswer ToOwnersContract(this OwnHistory history) => new(
        history.Stay.ToOwnersContract(),
        [
            .. history.Revisions.Select((revision, index) => new Contracts.MyArchivedVersion
            {
                Version = revision.Revision,
                At = revision.RecordedAt,
                Changes = index == 0 ? [] : [.. StayDifferences.Between(ToldOf(history.Revisions[index - 1]), ToldOf(revision))],
                Total = revision.Total,
                Currency = revision.Currency,
                Lines = revision.Lines?.Select(ToContract).ToList(),
                Displayed = revision.Displayed,
            }),
        ]);

    /// <summary>Where a page ended; null if the text was not made by <see cref="ToText"/>.</summary>
    public static ArchiveCursor? ParseCursor(string text) =>
        text.Split('-') is [var ticks, { Length: 32 } stay]
            && stay.All(char.IsAsciiHexDigitLower)
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at <= Instant.MaxValue.ToUnixTimeTicks()
            ? new(Instant.FromUnixTimeTicks(at), stay)
            : null;

    private static string ToText(this ArchiveCursor next) =>
        string.Create(CultureInfo.InvariantCulture, $"{next.At.ToUnixTimeTicks()}-{next.Stay}");

    /// <summary>A stay of a page for the citizen whose it is.</summary>
    public static Contracts.MyArchivedStay ToOwnersContract(this OwnStay own)
    {
        var (stay, last) = (own.Stay, own.Last);
        return new()
        {
            Id = stay.Name.ToString(),
            Version = stay.Revision,
            State = stay.State.ToContract(),
            SupersededBy = own.SupersededBy?.ToString(),
            Facility = stay.Facility.Value,
            Plate = own.Plate?.Value,
            Doubts = stay.Doubts.ForOwner().ToContract(stay.State),
            EntryGate = stay.EntryGate?.Value,
            EnteredAt = stay.EnteredAt,
            EarliestEntry = last?.EarliestEntry,
            ExitGate = stay.ExitGate?.Value,
            ExitedAt = ExitOf(stay.Ending, stay.EndedAt),
            LatestExit = last?.LatestExit,
            EndedAt = stay.EndedAt,
            Ending = stay.Ending.ToContract(),
            Total = last?.Total,
            Currency = last?.Currency,
        };
    }

    private static ToldStay ToldOf(ArchivedRevision revision) => new(
        revision.EnteredAt,
        ExitOf(revision.Ending, revision.EndedAt),
        revision.EndedAt,
        revision.Ending,
        revision.State,
        revision.Doubts.ForOwner(),
        revision.Total);

    /// <summary>Of the other endings, nobody saw an exit.</summary>
    private static Instant? ExitOf(StayEnding ending, Instant? endedAt) =>
        ending is StayEnding.Exited or StayEnding.MissedEntry ? endedAt : null;

    private static Contracts.ArchivedStay ToContract(this ArchivedStay stay) => new()
    {
        Id = stay.Name.ToString(),
        Facility = stay.Facility.Value,
        EntryGate = stay.EntryGate?.Value,
        ExitGate = stay.ExitGate?.Value,
        EnteredAt = stay.EnteredAt,
        EndedAt = stay.EndedAt,
        Ending = stay.Ending.ToContract(),
        State = stay.State.ToContract(),
        Doubts = stay.Doubts.ToContract(stay.State),
        Revision = stay.Revision,
        UnaccountedAt = stay.UnaccountedAt,
    };

    private static Contracts.QuoteLine ToContract(ArchivedLine line) => new()
    {
        Kind = line.Kind.ToContract(),
        Amount = line.Amount,
        From = line.From,
        To = line.To,
        Quantity = line.Quantity,
        UnitPrice = line.UnitPrice,
        Text = line.Text.ToContract(),
    };

    private static Contracts.ArchivedRevision ToContract(ArchivedRevision revision) => new()
    {
        Revision = revision.Revision,
        RecordedAt = revision.RecordedAt,
        EnteredAt = revision.EnteredAt,
        EndedAt = revision.EndedAt,
        Ending = revision.Ending.ToContract(),
        State = revision.State.ToContract(),
        Doubts = revision.Doubts.ToContract(revision.State),
        Total = revision.Total,
        Currency = revision.Currency,
        Lines = revision.Lines?.Select(ToContract).ToList(),
        Displayed = revision.Displayed,
        TariffVersion = revision.TariffVersion,
        TariffHash = revision.TariffHash,
        CalendarHash = revision.CalendarHash,
        TimeZones = revision.TimeZones,
    };
}
