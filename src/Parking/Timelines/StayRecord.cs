using System.Collections.Immutable;

namespace Parking.Timelines;

/// <summary>A stay and how it came to be what it is.</summary>
/// <param name="Stay">As it is now; of one that is no more, as it was last, with the state <see cref="StayState.Superseded"/> or <see cref="StayState.Withdrawn"/>.</param>
/// <param name="Version">1 when it was first known, and one more with each change.</param>
/// <param name="SupersededBy">The stay that it turned out to be part of.</param>
/// <param name="Revisions">What changed since version 1, in order.</param>
public sealed record StayRecord(Stay Stay, int Version, Stay? SupersededBy, ImmutableArray<StayRevision> Revisions);
