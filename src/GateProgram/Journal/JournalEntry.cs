using Parking.GateProtocol;

namespace Parking.GateProgram.Journal;

/// <summary>Where an event lies in the live file. What it says stays on the disk: a gate that is cut off for days needs no memory for it.</summary>
internal struct JournalEntry
{
    public required long Offset { get; init; }

    public required int Length { get; init; }

    public required bool IsScan { get; init; }

    /// <summary>Added to the scan since it was written; 0 if nothing was.</summary>
    public ScanReason Local { get; set; }

    public bool IsAnswered { get; private set; }

    public GateDecision Decision { get; private set; }

    public ScanReason Reason { get; private set; }

    /// <summary>Where the scan's receipt lies.</summary>
    public long ReceiptOffset { get; private set; }

    /// <summary>0 if there is none.</summary>
    public int ReceiptLength { get; private set; }

    /// <summary>Whether the event is sent as it was written.</summary>
    public readonly bool IsAsWritten => Local == 0 && ReceiptLength == 0;

    public void Take(StoredAnswer answer, long receiptOffset, int receiptLength) =>
        (IsAnswered, Decision, Reason, ReceiptOffset, ReceiptLength) = (true, answer.Decision, answer.Reason, receiptOffset, receiptLength);
}
