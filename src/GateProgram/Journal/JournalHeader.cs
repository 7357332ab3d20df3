namespace Parking.GateProgram.Journal;

/// <summary>How a file of a journal begins.</summary>
/// <param name="Journal">The journal's id.</param>
/// <param name="Generation">1 for a gate's first journal, and one more with each that was begun after a conflict.</param>
/// <param name="FirstSeq">The number of the first event in the file, or that the next one will have.</param>
/// <param name="ClockOffset">Of the newest event before the file; 0 if there was none.</param>
/// <param name="Standing">The vehicle that stood there when the file was begun; null if none did.</param>
/// <param name="IsCutOff">Whether the gate had lost the service by then.</param>
/// <param name="IsFaulty">Whether the barrier was broken by then.</param>
internal sealed record JournalHeader(string Journal, int Generation, long FirstSeq, long ClockOffset = 0, StandingScan? Standing = null, bool IsCutOff = false, bool IsFaulty = false);
