namespace Parking.GateProgram.Journal;

/// <summary>What was surely on the disk is not there as it was written. The message names file and offset; nothing was changed.</summary>
internal sealed class JournalDamagedException(string file, long offset, string what)
    : IOException($"{file}, offset {offset}: {what} The journal is left as it is: keep the folder for whoever repairs it, and give the gate a new one.");
