using NodaTime;

namespace Parking.Api.Stays;

/// <summary>One change of a stay: what it changed, and why.</summary>
/// <param name="Version">The version it led to.</param>
/// <param name="At">When the service learnt of it.</param>
/// <param name="Cause">What kind of event it was.</param>
/// <param name="Event">Which: gate/journal/seq.</param>
/// <param name="OccurredAt">When that event had happened.</param>
/// <param name="Changes">What is different.</param>
internal sealed record RevisionContract(int Version, Instant At, RevisionCause Cause, string Event, Instant OccurredAt, IReadOnlyList<ChangeContract> Changes);
