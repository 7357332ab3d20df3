using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;

namespace Parking.GateProtocol;

/// <summary>The JSON form of the messages (RFC 8259): camelCase members, snake_case enum names, RFC 3339 instants in UTC.</summary>
public static class GateProtocolJson
{
    /// <summary>
    /// The options for both ends. Unknown and repeated members are refused: a misspelt member is an error, not a default.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>Applies the protocol's conventions to <paramref name="options"/>, for a host with its own options.</summary>
    /// <param name="options">The options to change. They must not be in use yet.</param>
    public static void Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.AllowOutOfOrderMetadataProperties = true;
        options.RespectNullableAnnotations = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);
        if (options.TypeInfoResolverChain.Count == 0)
        {
            // Options use reflection until a resolver is added; from then on only the chain.
            options.TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver());
        }

        options.TypeInfoResolverChain.Insert(0, GateProtocolJsonContext.Default);
    }

    /// <summary>
    /// Makes options a client's: members are ignored that the client does not know, and names of an enum are its value without a name, 0. A
    /// later service may say more, and a gate goes by the decision.
    /// </summary>
    /// <param name="options">Options that <see cref="Configure"/> has seen. They must not be in use yet.</param>
    public static void Tolerate(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip;
        options.Converters.Insert(0, new LenientEnums());
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions();
        Configure(options);
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>Source-generated metadata: no reflection on the hot path.</summary>
[JsonSerializable(typeof(ScanAnswer))]
[JsonSerializable(typeof(EventUpload))]
[JsonSerializable(typeof(UploadAnswer))]
[JsonSerializable(typeof(Heartbeat))]
[JsonSerializable(typeof(HeartbeatAnswer))]
[JsonSerializable(typeof(GateFeed))]
[JsonSerializable(typeof(GateCommandList))]
[JsonSerializable(typeof(CommandClaim))]
[JsonSerializable(typeof(CommandClaimAnswer))]
[JsonSerializable(typeof(GateRevocations))]
[JsonSerializable(typeof(ProblemAnswer))]
[JsonSerializable(typeof(InvalidMembersAnswer))]
[JsonSerializable(typeof(EventConflictAnswer))]
internal sealed partial class GateProtocolJsonContext : JsonSerializerContext;
