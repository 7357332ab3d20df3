namespace Parking.Api.LiveStore;

/// <summary>What came of reserving.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Answer">The first answer's bytes, for <see cref="ReservationStatus.Answered"/>; otherwise empty.</param>
/// <param name="AcknowledgedThrough">The journal's contiguous prefix.</param>
/// <param name="OthersTaken">
/// Where a place was asked for: how many others were taken in that very step. The one to be replaced, and the event's own, do not count. Otherwise 0.
/// </param>
internal readonly record struct Reservation(ReservationStatus Status, ReadOnlyMemory<byte> Answer, long AcknowledgedThrough, int OthersTaken = 0);
