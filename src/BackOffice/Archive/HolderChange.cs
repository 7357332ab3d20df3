namespace Parking.BackOffice.Archive;

/// <summary>What the archive has to change because of one holder's timeline.</summary>
internal sealed record HolderChange
{
    public required long Holder { get; init; }

    /// <summary>The holder's row as it is to be; null: none is needed, or it goes.</summary>
    public SubjectRow? Subject { get; init; }

    /// <summary>The rows of stays that are new or differ.</summary>
    public IReadOnlyList<StayRow> Stays { get; init; } = [];

    /// <summary>The days that are to be computed again because of these stays.</summary>
    public IReadOnlyCollection<ChangedDay> Days { get; init; } = [];

    public IReadOnlyList<RevisionRow> Revisions { get; init; } = [];

    public IReadOnlyList<PriceSource> Sources { get; init; } = [];

    /// <summary>
    /// Whether what leads from the holder to the stays goes: the holder was erased, and nothing of them can change any more.
    /// </summary>
    public bool Forgets { get; init; }

    /// <summary>Why the timeline could not be read; null if it could.</summary>
    public string? Unreadable { get; init; }
}
