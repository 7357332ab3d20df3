namespace Parking.BackOffice.Audit;

/// <summary>What a verification of the chain found.</summary>
/// <param name="Entries">How many entries were gone through.</param>
/// <param name="Heads">How many signed heads the chain agrees with.</param>
/// <param name="Erased">How many details were erased, as may be.</param>
/// <param name="Findings">What is wrong, the first broken link of the chain first; empty if all is as it was written.</param>
public sealed record AuditFindings(long Entries, int Heads, long Erased, IReadOnlyList<AuditFinding> Findings)
{
    public bool IsIntact => Findings.Count == 0;
}

/// <summary>Something that is wrong with the chain.</summary>
/// <param name="Kind">What.</param>
/// <param name="Sequence">At which entry.</param>
/// <param name="Text">In words.</param>
public sealed record AuditFinding(AuditFault Kind, long Sequence, string Text);

/// <summary>What can be wrong with the chain.</summary>
public enum AuditFault
{
    /// <summary>An entry is not what its hash was made of.</summary>
    Changed,

    /// <summary>Entries are missing in the middle.</summary>
    Removed,

    /// <summary>An entry stands in the place of another.</summary>
    Moved,

    /// <summary>An entry does not continue the one before: either was written anew, with a hash that fits it.</summary>
    Relinked,

    /// <summary>Entries are missing at the end.</summary>
    CutOff,

    /// <summary>The chain holds in itself, and is another than the one that was signed.</summary>
    Rewritten,

    /// <summary>A head is no head, or nobody whose key is known has signed it.</summary>
    BadHead,

    /// <summary>The service found a head that the chain did not have, and entered it.</summary>
    Contradicted,

    /// <summary>A detail is not what the chain has the hash of.</summary>
    DetailChanged,

    /// <summary>A detail is missing, and was not erased.</summary>
    DetailMissing,
}
