namespace Parking.GateProgram.Journal;

/// <summary>What a record says. The numbers are on disks: they may only ever be added to.</summary>
internal enum RecordKind : byte
{
    /// <summary>Begins a file: <see cref="JournalHeader"/>.</summary>
    Header = 1,

    /// <summary>An event: its number, then its JSON as it is sent.</summary>
    Event = 2,

    /// <summary>How a scan that was asked about was decided alone after all.</summary>
    Local = 3,

    /// <summary>What was answered to a scan.</summary>
    Answer = 4,

    /// <summary>How far the service has acknowledged.</summary>
    Acknowledged = 5,

    /// <summary>The barrier was opened for a code.</summary>
    Opening = 6,

    /// <summary>Ends a file that was written as a whole and is on the disk.</summary>
    Seal = 7,
}
