namespace Parking.ScannerSim.Gates;

/// <summary>A scan got no decision: refused as a message (not by a reason), or no answer within the budget. The message holds no code and no key.</summary>
internal sealed class ScanFailedException : Exception
{
    public ScanFailedException(string message)
        : base(message)
    {
    }

    public ScanFailedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
