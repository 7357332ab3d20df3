using System.Text.Json;
using Parking.GateProtocol;

namespace Parking.Simulation;

/// <summary>The names of reasons: as the protocol writes them, and in Chinese.</summary>
public static class ReasonWords
{
    public static string En(ScanReason reason) => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());

    public static string Zh(ScanReason reason) => reason.Word();
}
