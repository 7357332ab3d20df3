using System.Text.Json;
using System.Text.Json.Serialization;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>
/// How answers are read: the protocol's conventions, but unknown members are passed over, since a later service may say more.
/// </summary>
public static class ClientJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Applies the conventions to options that another library owns.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        GateProtocolJson.Configure(options);
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip;
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions();
        Configure(options);
        options.MakeReadOnly();
        return options;
    }
}
