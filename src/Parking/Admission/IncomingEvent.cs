using Parking.Events;
using Parking.GateProtocol;

namespace Parking.Admission;

/// <summary>One event of an upload as it was read.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="Event">What it says; null if it cannot be understood.</param>
/// <param name="Content">Of one that cannot be understood, its fingerprint.</param>
/// <param name="Error">And what is wrong with it.</param>
public sealed record IncomingEvent(long Seq, ReportedEvent? Event, Fingerprint Content, string? Error);
