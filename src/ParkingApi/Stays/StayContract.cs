using NodaTime;
using Parking.Api.Tariffs;

namespace Parking.Api.Stays;

/// <summary>A stay as its owner and operators see it.</summary>
/// <param name="Id">The stay's name: 32 lowercase hexadecimal digits.</param>
/// <param name="Facility">The facility's id.</param>
/// <param name="Plate">The vehicle's plate, if the code named a vehicle; only its owner sees it.</param>
/// <param name="EnteredAt">When it came in; absent where nobody saw it.</param>
/// <param name="ExitedAt">When it was seen to leave.</param>
/// <param name="EndedAt">When the stay ended or was found to have ended; absent while it is open.</param>
/// <param name="Ending">How it ended, or <c>open</c>.</param>
/// <param name="Quote">
/// What it costs: of an open stay, what it would be if it ended now, and when that changes next; of one that exited, its fee. Absent where parking has no
/// price, and for <c>missed_entry</c> and <c>missed_exit</c>, of which nobody saw one end.
/// </param>
internal sealed record StayContract(
    string Id, string Facility, string? Plate, Instant? EnteredAt, Instant? ExitedAt, Instant? EndedAt, StayEnding Ending, QuoteContract? Quote);
