using System.ComponentModel.DataAnnotations;
using NodaTime;
using Parking.GateProtocol;

namespace Parking.Contracts;

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

/// <summary>How a case, and what is done with it, is written.</summary>
public static class CaseForms
{
    /// <summary>The shortest text.</summary>
    public const int MinText = 3;

    /// <summary>The longest text.</summary>
    public const int MaxText = 1000;

    internal const int MaxAssignee = 64;
    internal const string IdRule = "id is a ULID: 26 digits of Crockford's Base32 in capitals.";
    internal const string TextRule = "text has 3 to 1000 characters.";
    internal const string AssigneeRule = "assignee has 1 to 64 characters.";
    internal const string VersionRule = "version is 1 or more.";
}

/// <summary>Sends a stay to a person's list.</summary>
public sealed record ReviewRequest
{
    /// <summary>A ULID that the client drew for this. Under it a review is opened once, however often it is sent.</summary>
    [RegularExpression(CommandIds.Pattern, ErrorMessage = CaseForms.IdRule)]
    public required string Id { get; init; }

    /// <summary>What the person is to look at: 3 to 1000 characters. It goes into the audit, too.</summary>
    [StringLength(CaseForms.MaxText, MinimumLength = CaseForms.MinText, ErrorMessage = CaseForms.TextRule)]
    public required string Text { get; init; }

    /// <summary>For whom: an operator's claim <c>staff</c>, 1 to 64 characters; left out for nobody in particular.</summary>
    [StringLength(CaseForms.MaxAssignee, MinimumLength = 1, ErrorMessage = CaseForms.AssigneeRule)]
    public string? Assignee { get; init; }
}

/// <summary>Objects to a stay.</summary>
public sealed record DisputeRequest
{
    /// <summary>A ULID that the client drew for this. Under it a dispute is opened once, however often it is sent.</summary>
    [RegularExpression(CommandIds.Pattern, ErrorMessage = CaseForms.IdRule)]
    public required string Id { get; init; }

    /// <summary>The id of a stay of one's own.</summary>
    public required string Stay { get; init; }

    /// <summary>What is wrong with it.</summary>
    public required DisputeReason Reason { get; init; }

    /// <summary>In one's own words: 3 to 1000 characters.</summary>
    [StringLength(CaseForms.MaxText, MinimumLength = CaseForms.MinText, ErrorMessage = CaseForms.TextRule)]
    public required string Text { get; init; }
}

/// <summary>Gives a case to somebody.</summary>
public sealed record CaseAssignRequest
{
    /// <summary>A ULID that the client drew for this. Under it the case is assigned once, however often it is sent.</summary>
    [RegularExpression(CommandIds.Pattern, ErrorMessage = CaseForms.IdRule)]
    public required string Id { get; init; }

    /// <summary>The version of the case that the caller saw.</summary>
    [Range(1, long.MaxValue, ErrorMessage = CaseForms.VersionRule)]
    public required long Version { get; init; }

    /// <summary>For whom: an operator's claim <c>staff</c>, 1 to 64 characters; left out for nobody in particular.</summary>
    [StringLength(CaseForms.MaxAssignee, MinimumLength = 1, ErrorMessage = CaseForms.AssigneeRule)]
    public string? Assignee { get; init; }
}

/// <summary>Answers a case, or closes it without an answer.</summary>
public sealed record CaseEndRequest
{
    /// <summary>A ULID that the client drew for this. Under it the case ends once, however often it is sent.</summary>
    [RegularExpression(CommandIds.Pattern, ErrorMessage = CaseForms.IdRule)]
    public required string Id { get; init; }

    /// <summary>The version of the case that the caller saw.</summary>
    [Range(1, long.MaxValue, ErrorMessage = CaseForms.VersionRule)]
    public required long Version { get; init; }

    /// <summary>The answer, or why it needs none: 3 to 1000 characters. Of a dispute, the citizen reads it.</summary>
    [StringLength(CaseForms.MaxText, MinimumLength = CaseForms.MinText, ErrorMessage = CaseForms.TextRule)]
    public required string Text { get; init; }
}

/// <summary>A case as operators see it.</summary>
public sealed record CaseSummary
{
    /// <summary>Its number with a check digit, as people say it: <c>1042-8</c>.</summary>
    public required string Number { get; init; }

    /// <summary>How many steps were done with it. Whoever does the next one names it.</summary>
    public required long Version { get; init; }

    /// <summary>Why there is a case.</summary>
    public required CaseKind Kind { get; init; }

    /// <summary>How far it is.</summary>
    public required CaseState State { get; init; }

    /// <summary>The id of the stay.</summary>
    public required string Stay { get; init; }

    /// <summary>The stay's facility.</summary>
    public required string Facility { get; init; }

    /// <summary>Of a dispute: what the citizen objects to; absent for a review.</summary>
    public DisputeReason? Reason { get; init; }

    /// <summary>What whoever opened it wrote.</summary>
    public required string Text { get; init; }

    /// <summary>When it was opened.</summary>
    public required Instant OpenedAt { get; init; }

    /// <summary>Who opened it: the claim <c>staff</c>; null for the citizen whose stay it is.</summary>
    public string? OpenedBy { get; init; }

    /// <summary>For whom it is: a claim <c>staff</c>; null for nobody in particular.</summary>
    public string? Assignee { get; init; }

    /// <summary>Whether it is for the caller.</summary>
    public required bool Mine { get; init; }

    /// <summary>The answer, or why it needed none; null while it is open.</summary>
    public string? Answer { get; init; }

    /// <summary>When it was answered or closed; null while it is open.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>Who answered or closed it: the claim <c>staff</c>; null while it is open.</summary>
    public string? EndedBy { get; init; }

    /// <summary>Its number, never what people wrote.</summary>
    public override string ToString() => $"case {Number}";
}

/// <summary>A page of cases.</summary>
/// <param name="Cases">The open ones oldest first, all others newest first.</param>
/// <param name="Next">Send it as <c>after</c> with the same query for the cases after these; null if there are no more.</param>
public sealed record CaseListAnswer(IReadOnlyList<CaseSummary> Cases, string? Next);

/// <summary>A case with what was done.</summary>
/// <param name="Case">The case as it is now.</param>
/// <param name="History">What was done, oldest first.</param>
public sealed record CaseAnswer(CaseSummary Case, IReadOnlyList<CaseEvent> History);

/// <summary>A step that was done with a case.</summary>
public sealed record CaseEvent
{
    /// <summary>The case's version after it.</summary>
    public required long Version { get; init; }

    /// <summary>What was done.</summary>
    public required CaseChange Change { get; init; }

    /// <summary>When.</summary>
    public required Instant At { get; init; }

    /// <summary>Who did it: the claim <c>staff</c>; null for the citizen whose stay it is.</summary>
    public string? By { get; init; }

    /// <summary>What they wrote; null if they wrote nothing.</summary>
    public string? Text { get; init; }

    /// <summary>For whom it was from then on, if the step said so: a claim <c>staff</c>.</summary>
    public string? Assignee { get; init; }

    /// <summary>What was done, never what people wrote.</summary>
    public override string ToString() => $"{Change} {Version}";
}

/// <summary>
/// The problems <c>case-changed</c> and <c>case-has-ended</c>: nothing was done, because the case is not as the caller saw it.
/// </summary>
public sealed record CaseConflictAnswer : ProblemAnswer
{
    /// <summary>The case as it is now.</summary>
    public required CaseSummary Case { get; init; }
}

/// <summary>The problem <c>already-disputed</c>: there is an open case of this stay.</summary>
public sealed record DisputeConflictAnswer : ProblemAnswer
{
    /// <summary>That case.</summary>
    public required MyCase Case { get; init; }
}

/// <summary>The disputes of the calling citizen.</summary>
/// <param name="Cases">Newest first.</param>
public sealed record MyCasesAnswer(IReadOnlyList<MyCase> Cases);

/// <summary>A dispute as its citizen sees it. It names no operator.</summary>
public sealed record MyCase
{
    /// <summary>Its number with a check digit, as people say it: <c>1042-8</c>.</summary>
    public required string Number { get; init; }

    /// <summary>How far it is.</summary>
    public required CaseState State { get; init; }

    /// <summary>The id of the stay.</summary>
    public required string Stay { get; init; }

    /// <summary>What the citizen objects to.</summary>
    public required DisputeReason Reason { get; init; }

    /// <summary>What the citizen wrote.</summary>
    public required string Text { get; init; }

    /// <summary>When it was opened.</summary>
    public required Instant OpenedAt { get; init; }

    /// <summary>The answer, or why there is none; null while it is open.</summary>
    public string? Answer { get; init; }

    /// <summary>When it was answered or closed; null while it is open.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>Its number, never what people wrote.</summary>
    public override string ToString() => $"case {Number}";
}
