using NodaTime;
using Parking.Codes;
using Parking.Facilities;

namespace Parking.BackOffice.Cases;

/// <summary>Why there is a case.</summary>
public enum CaseKind
{
    /// <summary>An operator wants a person to look at a stay.</summary>
    Review = 1,

    /// <summary>A citizen objects to a stay of theirs.</summary>
    Dispute = 2,
}

/// <summary>How far a case is. Only an open one changes.</summary>
public enum CaseState
{
    /// <summary>Nobody has answered it.</summary>
    Open = 1,

    /// <summary>Somebody has answered it.</summary>
    Answered = 2,

    /// <summary>It needed no answer; why is in its place.</summary>
    Closed = 3,
}

/// <summary>What a citizen objects to.</summary>
public enum DisputeReason
{
    /// <summary>The times of entry or exit.</summary>
    Times = 1,

    /// <summary>The price.</summary>
    Price = 2,

    /// <summary>It is not their stay.</summary>
    NotMine = 3,

    /// <summary>Something else.</summary>
    Other = 4,
}

/// <summary>What was done with a case.</summary>
public enum CaseChange
{
    /// <summary>It was opened.</summary>
    Opened = 1,

    /// <summary>It was given to somebody, or to nobody.</summary>
    Assigned = 2,

    /// <summary>It was answered.</summary>
    Answered = 3,

    /// <summary>It was closed without an answer.</summary>
    Closed = 4,
}

/// <summary>A case as it is now.</summary>
public sealed record CaseRecord
{
    public required CaseNumber Number { get; init; }

    /// <summary>How many steps were done with it, 1 or more.</summary>
    public required long Version { get; init; }

    public required CaseKind Kind { get; init; }

    /// <summary>The public name of the stay.</summary>
    public required CodeId Stay { get; init; }

    /// <summary>The stay's facility.</summary>
    public required FacilityId Facility { get; init; }

    public required CaseState State { get; init; }

    /// <summary>Of a dispute: what the citizen objects to; null for a review.</summary>
    public DisputeReason? Reason { get; init; }

    /// <summary>For whom it is: the name of an operator; null for nobody in particular.</summary>
    public string? Assignee { get; init; }

    /// <summary>What whoever opened it wrote.</summary>
    public required string Text { get; init; }

    public required Instant OpenedAt { get; init; }

    /// <summary>The operator who opened it; null for the stay's holder.</summary>
    public string? OpenedBy { get; init; }

    /// <summary>What whoever answered or closed it wrote; null while it is open.</summary>
    public string? Answer { get; init; }

    /// <summary>When it was answered or closed; null while it is open.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>The operator who answered or closed it; null while it is open.</summary>
    public string? EndedBy { get; init; }
}

/// <summary>One step of a case's history.</summary>
/// <param name="Version">The case's version after it.</param>
/// <param name="Change">What was done.</param>
/// <param name="At">When.</param>
/// <param name="By">The operator who did it; null for the stay's holder.</param>
/// <param name="Text">What they wrote; null if they wrote nothing.</param>
/// <param name="Assignee">For whom it was from then on, if the step said so.</param>
public sealed record CaseStep(long Version, CaseChange Change, Instant At, string? By, string? Text, string? Assignee);

/// <summary>A case with what was done, oldest first.</summary>
public sealed record CaseFile(CaseRecord Case, IReadOnlyList<CaseStep> Steps);

/// <summary>What an operator does with a case that there is.</summary>
/// <param name="Step">Names it, a ULID: done again under this name it changes nothing.</param>
/// <param name="Change"><see cref="CaseChange.Assigned"/>, <see cref="CaseChange.Answered"/> or <see cref="CaseChange.Closed"/>.</param>
/// <param name="Seen">The version of the case that the operator saw.</param>
/// <param name="Staff">Who does it.</param>
/// <param name="Text">The answer, or why it is closed; null for assigning.</param>
/// <param name="Assignee">Of assigning: for whom it is; null for nobody in particular.</param>
public sealed record CaseAct(string Step, CaseChange Change, long Seen, string Staff, string? Text = null, string? Assignee = null);

/// <summary>What came of a step.</summary>
/// <param name="Outcome">What.</param>
/// <param name="Case">
/// The case as it is now: that of the step; the one that is open for the stay already; null if there is none to show.
/// </param>
public sealed record CaseResult(CaseOutcome Outcome, CaseRecord? Case = null)
{
    /// <summary>Whether the step had been done before, so that nothing changed now.</summary>
    public bool IsRepeat { get; init; }
}

/// <summary>What came of a step.</summary>
public enum CaseOutcome
{
    /// <summary>It was done, now or before.</summary>
    Done,

    /// <summary>There is no such stay, or no such case; or its holder was erased.</summary>
    NotFound,

    /// <summary>Somebody else did something with the case that the caller did not see.</summary>
    Changed,

    /// <summary>It was answered or closed, and the caller saw that.</summary>
    Ended,

    /// <summary>The step's name is that of another step.</summary>
    StepTaken,

    /// <summary>There is an open dispute of this stay.</summary>
    AlreadyDisputed,

    /// <summary>The holder has as many open disputes as one may have.</summary>
    TooMany,
}
