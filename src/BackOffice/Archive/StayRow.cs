namespace Parking.BackOffice.Archive;

/// <summary>A row of <c>stays</c>: a stay as it is now. The migrations say what each column is.</summary>
internal sealed record StayRow
{
    public const string Columns =
        "stay, holder, vehicle, event, plate, facility, entry_gate, exit_gate, began_at, entered_at, ended_at, ending, state, doubts, "
        + "revision, facts, unaccounted_at";

    public string Stay { get; init; } = "";

    public long Holder { get; init; }

    public long Vehicle { get; init; }

    public byte[] Event { get; init; } = [];

    public byte[]? Plate { get; init; }

    public string Facility { get; init; } = "";

    public string? EntryGate { get; init; }

    public string? ExitGate { get; init; }

    public long BeganAt { get; init; }

    public long? EnteredAt { get; init; }

    public long? EndedAt { get; init; }

    public long Ending { get; init; }

    public long State { get; init; }

    public long Doubts { get; init; }

    public long Revision { get; init; }

    public byte[] Facts { get; init; } = [];

    public long? UnaccountedAt { get; init; }
}

/// <summary>A row of <c>stay_revisions</c>.</summary>
internal sealed record RevisionRow
{
    public string Stay { get; init; } = "";

    public long Revision { get; init; }

    public string Subject { get; init; } = "";

    public long RecordedAt { get; init; }

    public byte[] Facts { get; init; } = [];

    public string Facility { get; init; } = "";

    public string? EntryGate { get; init; }

    public string? ExitGate { get; init; }

    public long? EnteredAt { get; init; }

    public long? EarliestEntry { get; init; }

    public long? EndedAt { get; init; }

    public long? LatestExit { get; init; }

    public long Ending { get; init; }

    public long State { get; init; }

    public long Doubts { get; init; }

    public string? SupersededBy { get; init; }

    public long? TariffVersion { get; init; }

    public long? VehicleClass { get; init; }

    public long? OccupancyPercent { get; init; }

    public string? Entitlements { get; init; }

    public long? Displayed { get; init; }

    public string? DisplayedCurrency { get; init; }

    public long? Total { get; init; }

    public string? Currency { get; init; }

    public string? Lines { get; init; }

    public string? TariffHash { get; init; }

    public string? CalendarHash { get; init; }

    public string? TimeZones { get; init; }
}

/// <summary>A row of <c>subjects</c>.</summary>
internal sealed record SubjectRow
{
    public long Holder { get; init; }

    public string Subject { get; init; } = "";

    public long Content { get; init; }

    public long? HiddenAt { get; init; }
}
