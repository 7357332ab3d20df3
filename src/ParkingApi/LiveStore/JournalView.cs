namespace Parking.Api.LiveStore;

/// <summary>What a facility's slot knows of a journal.</summary>
/// <param name="AcknowledgedThrough">Its contiguous prefix.</param>
/// <param name="Answers">What is kept of the events that were asked for, in their order; null where nothing is.</param>
internal readonly record struct JournalView(long AcknowledgedThrough, IReadOnlyList<KeptAnswer?> Answers);
