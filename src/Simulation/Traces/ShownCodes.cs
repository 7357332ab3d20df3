using System.Diagnostics;
using Parking.GateProtocol;

namespace Parking.Simulation.Traces;

/// <summary>Relates shown codes to the reasons for which the code itself is refused.</summary>
internal static class ShownCodes
{
    /// <summary>The reason for refusing a code that is not <see cref="ShownCode.Valid"/>.</summary>
    /// <exception cref="UnreachableException">The code is valid, so it may be accepted.</exception>
    public static ScanReason ReasonFor(ShownCode code) => code switch
    {
        ShownCode.Expired => ScanReason.Expired,
        ShownCode.Forged => ScanReason.UnknownKey,
        ShownCode.Damaged => ScanReason.BadSignature,
        ShownCode.Foreign => ScanReason.NotACode,
        ShownCode.Revoked => ScanReason.DeviceRevoked,
        _ => throw new UnreachableException($"{code} is valid."),
    };

    /// <summary>
    /// A code for which a service gives this reason or a similar one. Every code except <see cref="ShownCode.Valid"/> is refused.
    /// </summary>
    public static ShownCode ShownFor(ScanReason reason) => reason switch
    {
        ScanReason.Expired or ScanReason.NotYetValid or ScanReason.OutsideCertificate => ShownCode.Expired,
        ScanReason.UnknownKey or ScanReason.BadCertificate => ShownCode.Forged,
        ScanReason.BadSignature => ShownCode.Damaged,
        ScanReason.NotACode or ScanReason.BadEncoding or ScanReason.BadShape or ScanReason.UnsupportedAlgorithm => ShownCode.Foreign,
        ScanReason.DeviceRevoked => ShownCode.Revoked,
        _ => ShownCode.Valid,
    };
}
