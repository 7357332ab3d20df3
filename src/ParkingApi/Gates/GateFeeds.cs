using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Parking.Admission;
using Parking.Api.Codes;
using Parking.Api.Hosting;
using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Api.Gates;

/// <summary>
/// The feeds of gates: the data that a gate needs to decide alone. All entries of a facility get the same feed, and so do all its exits. It
/// is made once for each and kept until its keys or its state change. A heartbeat, which only needs the feed's tag, makes no feed.
/// </summary>
internal sealed class GateFeeds(CodeKeys keys, FacilityStates states, IOptions<CodeOptions> codes, IOptions<GateOptions> gates)
{
    private readonly ConcurrentDictionary<(FacilityId, GateDirection), Made> _made = new();

    /// <summary>The current feed.</summary>
    public PublishedContent Of(Gate gate)
    {
        var (current, state) = (keys.Current, states.StateOf(gate.Facility.Id));
        if (_made.TryGetValue((gate.Facility.Id, gate.Direction), out var made) && made.Keys == current && made.State == state)
        {
            return made.Content;
        }

        var content = new PublishedContent(JsonSerializer.SerializeToUtf8Bytes(Make(gate, current, state), GateProtocolJson.Options));
        _made[(gate.Facility.Id, gate.Direction)] = new(current, state, content);
        return content;
    }

    private GateFeed Make(Gate gate, KeySnapshot current, FacilityState state) => new()
    {
        Facility = gate.Facility.Id.Value,
        Direction = gate.Direction,
        State = state,
        Keys = current.JwkSet,
        CertificateKeys = current.PublishedCertificateKeys.Keys.Count > 0 ? current.CertificateJwkSet : null,
        RevokedKeys = current.RevokedKeys,
        SkewSeconds = (int)codes.Value.Skew.TotalSeconds,
        Offline = gate.Facility.Offline,
        LateExitHours = (int)gates.Value.LateExit.TotalHours,
        AnswerBudgetMilliseconds = (int)gates.Value.AnswerBudget.TotalMilliseconds,
        HeartbeatSeconds = (int)gates.Value.HeartbeatEvery.TotalSeconds,
        KeepEventsHours = (int)Math.Ceiling(codes.Value.OfflineHorizon.TotalHours),
    };

    private sealed record Made(KeySnapshot Keys, FacilityState State, PublishedContent Content);
}
