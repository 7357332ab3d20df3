using NodaTime;

namespace Parking.GateProgram.Journal;

/// <summary>One file of the archive.</summary>
internal sealed class ArchivePart
{
    public required string Name { get; init; }

    public required int Generation { get; init; }

    public required int Number { get; init; }

    /// <summary>The number of the first event; 0 if the file has none.</summary>
    public long FirstSeq { get; set; }

    public long LastSeq { get; set; }

    /// <summary>When the first events were moved into this file.</summary>
    public Instant Begun { get; set; } = Instant.MaxValue;

    /// <summary>When the last events were moved into this file. They were acknowledged before that.</summary>
    public Instant Ended { get; set; } = Instant.MinValue;

    public long Length { get; set; }

    public void Note(long seq)
    {
        FirstSeq = FirstSeq == 0 ? seq : FirstSeq;
        LastSeq = seq;
    }

    public void Note(Instant at)
    {
        Begun = Begun < at ? Begun : at;
        Ended = Ended > at ? Ended : at;
    }
}
