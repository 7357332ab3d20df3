using NodaTime;
using Parking.Contracts;

namespace Parking.Api.Cases;

/// <summary>Cases for the OpenAPI document.</summary>
internal static class CaseExamples
{
    private static readonly Instant OpenedAt = Instant.FromUtc(2026, 5, 4, 12, 10, 5);

    private static readonly CaseSummary Opened = new()
    {
        Number = "1042-8",
        Version = 1,
        Kind = CaseKind.Dispute,
        State = CaseState.Open,
        Stay = "4be1c6f0a7d94f0f8f2c1a5d3e6b7a90",
        Facility = "hsp",
        Reason = DisputeReason.Times,
        Text = "I left at noon, and was charged until one o'clock.",
        OpenedAt = OpenedAt,
        Mine = false,
    };

    public static ReviewRequest Review { get; } = new()
    {
        Id = "01JTCWB2X0S3K7N5Q8V1R4T6YZ",
        Text = "Nobody saw the exit: ask the attendant.",
        Assignee = "li-na",
    };

    public static CaseSummary Reviewed { get; } = Opened with
    {
        Number = "1043-6",
        Kind = CaseKind.Review,
        Reason = null,
        Text = Review.Text,
        OpenedBy = "s-1042",
        Assignee = Review.Assignee,
    };

    public static CaseListAnswer List { get; } = new([Opened, Reviewed], null);

    public static CaseAssignRequest Assign { get; } = new() { Id = "01JTCWB2X0S3K7N5Q8V1R4T6Z0", Version = 1, Assignee = "li-na" };

    public static CaseSummary Assigned { get; } = Opened with { Version = 2, Assignee = Assign.Assignee, Mine = true };

    public static CaseEndRequest Answer { get; } = new()
    {
        Id = "01JTCWB2X0S3K7N5Q8V1R4T6Z1",
        Version = 2,
        Text = "You are right. The stay now ends at noon, and the difference is yours.",
    };

    public static CaseSummary Answered { get; } = Assigned with
    {
        Version = 3,
        State = CaseState.Answered,
        Answer = Answer.Text,
        EndedAt = OpenedAt + Duration.FromMinutes(40),
        EndedBy = "li-na",
    };

    public static CaseEndRequest Close { get; } = Answer with { Text = "It is the same as case 1043-6, which was answered." };

    public static CaseSummary Closed { get; } = Answered with { State = CaseState.Closed, Answer = Close.Text };

    public static CaseAnswer Whole { get; } = new(
        Answered,
        [
            new() { Version = 1, Change = CaseChange.Opened, At = OpenedAt, Text = Opened.Text },
            new()
            {
                Version = 2,
                Change = CaseChange.Assigned,
                At = OpenedAt + Duration.FromMinutes(3),
                By = "s-1042",
                Assignee = Assign.Assignee,
            },
            new() { Version = 3, Change = CaseChange.Answered, At = Answered.EndedAt!.Value, By = "li-na", Text = Answer.Text },
        ]);

    public static DisputeRequest Dispute { get; } = new()
    {
        Id = "01JTCWB2X0S3K7N5Q8V1R4T6YY",
        Stay = Opened.Stay,
        Reason = DisputeReason.Times,
        Text = Opened.Text,
    };

    public static MyCase Mine { get; } = new()
    {
        Number = Opened.Number,
        State = CaseState.Open,
        Stay = Opened.Stay,
        Reason = DisputeReason.Times,
        Text = Opened.Text,
        OpenedAt = OpenedAt,
    };

    public static MyCasesAnswer MineAll { get; } = new(
        [Mine with { State = CaseState.Answered, Answer = Answer.Text, EndedAt = Answered.EndedAt }]);
}
