using System.Diagnostics;
using Parking.GateProtocol;

namespace Parking.Simulation.Traces;

/// <summary>What is shown, and why it is refused for its own sake.</summary>
internal static class ShownCodes
{
    /// <summary>Why a service refuses what is not <see cref="ShownCode.Valid"/>.</summary>
    /// <exception cref="UnreachableException">It is valid: it may well be accepted.</exception>
    public static ScanReason ReasonFor(ShownCode code) => code switch
    {
        ShownCode.Expired => ScanReason.Expired,
        ShownCode.Forged => ScanReason.UnknownKey,
        ShownCode.Damaged => ScanReason.BadSignature,
        ShownCode.Foreign => ScanReason.NotACode,
        _ => throw new UnreachableException($"{code} is not refused for its own sake."),
    };

    /// <summary>What can be shown to be decided so, or much like it: no service takes anything but <see cref="ShownCode.Valid"/>.</summary>
    public static ShownCode ShownFor(ScanReason reason) => reason switch
    {
        ScanReason.Expired or ScanReason.NotYetValid => ShownCode.Expired,
        ScanReason.UnknownKey => ShownCode.Forged,
        ScanReason.BadSignature => ShownCode.Damaged,
        ScanReason.NotACode or ScanReason.BadEncoding or ScanReason.BadShape or ScanReason.UnsupportedAlgorithm => ShownCode.Foreign,
        _ => ShownCode.Valid,
    };
}
