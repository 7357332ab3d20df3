using System.Text.Json.Serialization;
using Parking.GateProtocol;

namespace Parking.Simulation.LiveCity;

/// <summary>The gates that a driver at a browser can be at.</summary>
internal sealed record GateList(IReadOnlyList<GateAddress> Gates);

/// <summary>One of them.</summary>
internal sealed record GateAddress(string Gate, string Facility, BilingualText FacilityName, GateDirection Direction);

/// <summary>A driver holds up a page.</summary>
/// <param name="Code">What its symbol says, 1 to <see cref="MostLength"/> characters. A secret.</param>
internal sealed record ShowRequest(string Code)
{
    public const int MostLength = 500;

    public override string ToString() => "a code is shown";
}

/// <summary>What came of it. Every member is written, null or not.</summary>
internal sealed record ShowAnswer
{
    /// <summary>Whether the camera could read it.</summary>
    public required bool Read { get; init; }

    /// <summary>How many frames that took, 1 to <see cref="LaneCamera.MostFrames"/>.</summary>
    public required int Frames { get; init; }

    /// <summary>What was decided; null where nothing was read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public GateDecision? Decision { get; init; }

    /// <summary>Why; null where nothing was read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ScanReason? Reason { get; init; }

    /// <summary>What the gate's display says; null where nothing was read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public GateDisplay? Display { get; init; }

    /// <summary>What the gate was told to ask for; null where no stay with a price has ended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Fee? Fee { get; init; }

    /// <summary>Whether the gate decided alone.</summary>
    public bool Local { get; init; }

    /// <summary>The name of the last frame's picture; null once it is not kept any more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Picture { get; init; }
}

/// <summary>Why something was not done (RFC 9457), with the types that the service has for the same.</summary>
internal sealed record Problem(string Type, string Title, int Status)
{
    public static Problem InvalidRequest { get; } =
        new("urn:parking:invalid-request", "The request is not of the form this call takes", 400);

    public static Problem Unauthenticated { get; } = new("urn:parking:unauthenticated", "The key is not this simulator's", 401);

    public static Problem NotFound { get; } = new("urn:parking:not-found", "There is nothing here", 404);
}
