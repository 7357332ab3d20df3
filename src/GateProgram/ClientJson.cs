using System.Text.Json;
using System.Text.Json.Serialization;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>
/// The JSON options for reading answers: the protocol's conventions, but unknown members are ignored, because a newer service may send
/// more.
/// </summary>
public static class ClientJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Applies the conventions to options that belong to another library.</summary>
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
