namespace Parking.Api.LiveStore;

/// <summary>What came of marking.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Answer">The answer that stands: the one given, or the one that was there before. Empty for <see cref="MarkingStatus.OtherContent"/> and <see cref="MarkingStatus.Forgotten"/>.</param>
/// <param name="AcknowledgedThrough">The journal's contiguous prefix after this step.</param>
internal readonly record struct Marking(MarkingStatus Status, ReadOnlyMemory<byte> Answer, long AcknowledgedThrough);
