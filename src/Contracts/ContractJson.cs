using System.Text.Encodings.Web;
using System.Text.Json;
using Parking.GateProtocol;

namespace Parking.Contracts;

/// <summary>
/// How the service writes and reads the messages of REST and hub: the conventions of <see cref="GateProtocolJson"/>, and Chinese as it
/// is.
/// </summary>
public static class ContractJson
{
    /// <summary>Options for both ends. Unknown and repeated members are refused: a misspelt field is an error, not a default.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>Applies the conventions to <paramref name="options"/>, for a host that brings its own.</summary>
    /// <param name="options">The options to change. They must not be in use yet.</param>
    public static void Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        GateProtocolJson.Configure(options);

        // No answer is ever put into HTML as it stands; escaped, a Chinese text is twice as long and nobody can read it.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions();
        Configure(options);
        options.MakeReadOnly();
        return options;
    }
}
