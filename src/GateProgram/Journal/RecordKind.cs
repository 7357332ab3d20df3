namespace Parking.GateProgram.Journal;

/// <summary>The kinds of records. Journals on disks contain these numbers, so they never change and are never used again.</summary>
internal enum RecordKind : byte
{
    /// <summary>The first record of a file: <see cref="JournalHeader"/>.</summary>
    Header = 1,

    /// <summary>An event: its number, then its JSON as it is sent.</summary>
    Event = 2,

    /// <summary>The decision that the gate made alone after the service did not answer in time.</summary>
    Local = 3,

    /// <summary>The service's answer to a scan.</summary>
    Answer = 4,

    /// <summary>The number up to which the service has acknowledged.</summary>
    Acknowledged = 5,

    /// <summary>The barrier was opened for a code.</summary>
    Opening = 6,

    /// <summary>The end of the part of a file that was written as a whole. Everything before it had been flushed.</summary>
    Seal = 7,
}
