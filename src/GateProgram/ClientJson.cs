using System.Text.Json;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>
/// The JSON options for reading answers: the protocol's conventions, but members and names that this program does not know are tolerated,
/// because a newer service may send more.
/// </summary>
public static class ClientJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Applies the conventions to options that belong to another library.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        GateProtocolJson.Configure(options);
        GateProtocolJson.Tolerate(options);
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions();
        Configure(options);
        options.MakeReadOnly();
        return options;
    }
}
