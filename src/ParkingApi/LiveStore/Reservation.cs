namespace Parking.Api.LiveStore;

/// <summary>What came of reserving.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Answer">The first answer's bytes, for <see cref="ReservationStatus.Answered"/>; otherwise empty.</param>
/// <param name="AcknowledgedThrough">The journal's contiguous prefix.</param>
internal readonly record struct Reservation(ReservationStatus Status, ReadOnlyMemory<byte> Answer, long AcknowledgedThrough);
