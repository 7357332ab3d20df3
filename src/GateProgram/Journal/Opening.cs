using NodaTime;
using Parking.Codes;

namespace Parking.GateProgram.Journal;

/// <summary>The barrier was opened for a code.</summary>
/// <param name="At">When: true time as the gate knew it.</param>
/// <param name="IsAlone">Whether the gate decided it alone.</param>
/// <param name="Code">The code's identity, which is no secret.</param>
/// <param name="GoodUntil">When nobody accepts the code any more.</param>
internal readonly record struct Opening(Instant At, bool IsAlone, CodeId Code, Instant GoodUntil);
