using Parking.BackOffice.Archive;
using Parking.BackOffice.Sql;
using Parking.Stays;

namespace Parking.BackOffice.Cases;

/// <summary>A row of <c>cases</c> with its stay and its texts.</summary>
internal sealed record CaseRow
{
    /// <summary>Of cases whose stays' holders were not erased. A case that has ended had its last step then.</summary>
    public static readonly string Seen =
        $"""
        SELECT c.number, c.version, c.kind, c.facility, c.state, c.reason, c.assignee, c.opened_at, c.opened_by, c.ended_at, c.ended_by,
          stays.holder, stays.vehicle, stays.event, first.text,
          CASE WHEN c.state = {(int)CaseState.Open} THEN NULL ELSE last.text END AS answer
        FROM cases c JOIN stays ON stays.stay = c.stay
          LEFT JOIN case_texts first ON first.number = c.number AND first.version = 1
          LEFT JOIN case_texts last ON last.number = c.number AND last.version = c.version
        WHERE {StaySearch.Seen}
        """;

    public long Number { get; init; }

    public long Version { get; init; }

    public long Kind { get; init; }

    public string Facility { get; init; } = "";

    public long State { get; init; }

    public long? Reason { get; init; }

    public string? Assignee { get; init; }

    public long OpenedAt { get; init; }

    public string? OpenedBy { get; init; }

    public long? EndedAt { get; init; }

    public string? EndedBy { get; init; }

    public long Holder { get; init; }

    public long Vehicle { get; init; }

    public byte[] Event { get; init; } = [];

    public string? Text { get; init; }

    public string? Answer { get; init; }

    public CaseRecord ToCase(StayNames names) => new()
    {
        Number = new(Number),
        Version = Version,
        Kind = (CaseKind)Kind,
        Stay = names.NameOf(Holder, Vehicle, Event),
        Facility = new(Facility),
        State = (CaseState)State,
        Reason = (DisputeReason?)Reason,
        Assignee = Assignee,
        Text = Text ?? "",
        OpenedAt = SqlTime.FromMicroseconds(OpenedAt),
        OpenedBy = OpenedBy,
        Answer = Answer,
        EndedAt = EndedAt is { } ended ? SqlTime.FromMicroseconds(ended) : null,
        EndedBy = EndedBy,
    };
}

/// <summary>A row of <c>case_history</c> with its texts.</summary>
internal sealed record StepRow
{
    public const string All =
        "SELECT h.number, h.version, h.change, h.staff, h.changed_at, t.text, t.assignee "
        + "FROM case_history h JOIN case_texts t ON t.number = h.number AND t.version = h.version";

    public long Number { get; init; }

    public long Version { get; init; }

    public long Change { get; init; }

    public string? Staff { get; init; }

    public long ChangedAt { get; init; }

    public string? Text { get; init; }

    public string? Assignee { get; init; }

    public CaseStep ToStep() => new(Version, (CaseChange)Change, SqlTime.FromMicroseconds(ChangedAt), Staff, Text, Assignee);
}
