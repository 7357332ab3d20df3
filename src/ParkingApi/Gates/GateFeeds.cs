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
/// The feeds of gates: the data that a gate needs to decide alone. All gates of a facility get the same feed, so it is made once for each
/// facility and kept until its keys or its state change. A heartbeat, which only needs the feed's tag, makes no feed.
/// </summary>
internal sealed class GateFeeds(CodeKeys keys, FacilityStates states, IOptions<CodeOptions> codes, IOptions<GateOptions> gates)
{
    private readonly ConcurrentDictionary<FacilityId, Made> _made = new();

    /// <summary>The current feed.</summary>
    public PublishedContent Of(Facility facility)
    {
        var (current, state) = (keys.Current, states.StateOf(facility.Id));
        if (_made.TryGetValue(facility.Id, out var made) && made.Keys == current && made.State == state)
        {
            return made.Content;
        }

        var content = new PublishedContent(JsonSerializer.SerializeToUtf8Bytes(Make(facility, current, state), GateProtocolJson.Options));
        _made[facility.Id] = new(current, state, content);
        return content;
    }

    private GateFeed Make(Facility facility, KeySnapshot current, FacilityState state) => new()
    {
        Facility = facility.Id.Value,
        State = state,
        Keys = current.JwkSet,
        RevokedKeys = current.RevokedKeys,
        SkewSeconds = (int)codes.Value.Skew.TotalSeconds,
        Offline = facility.Offline,
        AnswerBudgetMilliseconds = (int)gates.Value.AnswerBudget.TotalMilliseconds,
        HeartbeatSeconds = (int)gates.Value.HeartbeatEvery.TotalSeconds,
        KeepEventsHours = (int)Math.Ceiling(codes.Value.OfflineHorizon.TotalHours),
    };

    private sealed record Made(KeySnapshot Keys, FacilityState State, PublishedContent Content);
}
