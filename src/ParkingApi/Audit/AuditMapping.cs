using Parking.BackOffice.Audit;
using Parking.BackOffice.Sql;

namespace Parking.Api.Audit;

/// <summary>Maps what the audit has to contracts.</summary>
internal static class AuditMapping
{
    /// <param name="page">The page.</param>
    /// <param name="hasReason">Whether whoever asks may read the reason of an act.</param>
    public static Contracts.AuditAnswer ToContract(this AuditPage page, Func<AuditedAct, bool> hasReason) =>
        new([.. page.Acts.Select(act => ToContract(act, hasReason(act)))], page.Next);

    public static Contracts.AuditExportLine ToContract(this AuditRow row) => new Contracts.ExportedAuditEntry
    {
        Sequence = row.Sequence,
        At = row.At,
        RecordedAt = row.RecordedAt,
        Kind = row.Kind,
        Act = row.Act,
        Target = row.Target,
        Facility = row.Facility,
        Staff = row.Staff,
        Duty = row.Duty,
        Result = row.Result,
        Intent = row.Intent,
        Source = row.Source,
        DetailHash = row.DetailHash,
        Previous = row.Previous,
        Hash = row.Hash,
        Salt = row.Salt,
        Detail = row.Content,
    };

    private static Contracts.AuditRecord ToContract(AuditedAct act, bool hasReason) => new()
    {
        Sequence = act.Intent.Sequence,
        At = SqlTime.FromMicroseconds(act.Intent.At),
        Act = act.Intent.Act,
        Target = act.Intent.Target,
        Facility = act.Intent.Facility,
        Staff = act.Intent.Staff,
        Duty = act.Intent.Duty,
        Reason = hasReason ? act.Detail?.Reason : null,
        Stay = act.Detail?.Stay,
        ErasedAt = act.ErasedAt is { } erased ? SqlTime.FromMicroseconds(erased) : null,
        Outcomes =
        [
            .. act.Outcomes.Select(outcome => new Contracts.AuditOutcome(
                outcome.Sequence, SqlTime.FromMicroseconds(outcome.At), outcome.Result ?? "")),
        ],
    };
}
