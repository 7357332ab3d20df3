using Parking.BackOffice.Cases;
using Parking.Contracts;

namespace Parking.Api.Cases;

/// <summary>Maps cases to contracts.</summary>
internal static class CaseMapping
{
    /// <param name="found">The case.</param>
    /// <param name="reader">The operator who reads it.</param>
    public static CaseSummary ToContract(this CaseRecord found, string reader) => new()
    {
        Number = found.Number.ToString(),
        Version = found.Version,
        Kind = (Contracts.CaseKind)(int)found.Kind,
        State = found.State.ToContract(),
        Stay = found.Stay.ToString(),
        Facility = found.Facility.Value,
        Reason = found.Reason?.ToContract(),
        Text = found.Text,
        OpenedAt = found.OpenedAt,
        OpenedBy = found.OpenedBy,
        Assignee = found.Assignee,
        Mine = found.Assignee == reader,
        Answer = found.Answer,
        EndedAt = found.EndedAt,
        EndedBy = found.EndedBy,
    };

    public static CaseAnswer ToContract(this CaseFile file, string reader) => new(
        file.Case.ToContract(reader),
        [
            .. file.Steps.Select(step => new CaseEvent
            {
                Version = step.Version,
                Change = (Contracts.CaseChange)(int)step.Change,
                At = step.At,
                By = step.By,
                Text = step.Text,
                Assignee = step.Assignee,
            }),
        ]);

    public static CaseListAnswer ToContract(this CasePage page, string reader) =>
        new([.. page.Cases.Select(found => found.ToContract(reader))], page.Next?.ToString());

    /// <summary>A dispute, for the citizen whose it is.</summary>
    public static MyCase ToOwnersContract(this CaseRecord found) => new()
    {
        Number = found.Number.ToString(),
        State = found.State.ToContract(),
        Stay = found.Stay.ToString(),
        Reason = found.Reason!.Value.ToContract(),
        Text = found.Text,
        OpenedAt = found.OpenedAt,
        Answer = found.Answer,
        EndedAt = found.EndedAt,
    };

    /// <summary>Any case about a stay of a citizen, for their export.</summary>
    public static ExportedCase ToExport(this CaseRecord found) => new()
    {
        Number = found.Number.ToString(),
        Kind = (Contracts.CaseKind)(int)found.Kind,
        State = found.State.ToContract(),
        Stay = found.Stay.ToString(),
        Reason = found.Reason?.ToContract(),
        Text = found.Text,
        OpenedAt = found.OpenedAt,
        Answer = found.Answer,
        EndedAt = found.EndedAt,
    };

    private static Contracts.CaseState ToContract(this BackOffice.Cases.CaseState state) => (Contracts.CaseState)(int)state;

    private static Contracts.DisputeReason ToContract(this BackOffice.Cases.DisputeReason reason) => (Contracts.DisputeReason)(int)reason;
}
