using System.Text.Encodings.Web;
using System.Text.Json;
using Parking.GateProtocol;

namespace Parking.Contracts;

/// <summary>
/// How the messages of REST and hub are written and read: the conventions of <see cref="GateProtocolJson"/>, and Chinese as it is.
/// </summary>
public static class ContractJson
{
    /// <summary>The service's options. Unknown and repeated members are refused: a misspelt field is an error, not a default.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions(Configure);

    /// <summary>A client's options. They tolerate members and names that the client does not know: a later service may say more.</summary>
    public static JsonSerializerOptions ClientOptions { get; } = CreateOptions(ConfigureClient);

    /// <summary>Applies the service's conventions to <paramref name="options"/>, for a host that brings its own.</summary>
    /// <param name="options">The options to change. They must not be in use yet.</param>
    public static void Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        GateProtocolJson.Configure(options);

        // No answer is ever put into HTML as it stands; escaped, a Chinese text is twice as long and nobody can read it.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }

    /// <summary>Applies the conventions of a client to <paramref name="options"/>, for a library that brings its own.</summary>
    /// <param name="options">The options to change. They must not be in use yet.</param>
    public static void ConfigureClient(JsonSerializerOptions options)
    {
        Configure(options);
        GateProtocolJson.Tolerate(options);
    }

    private static JsonSerializerOptions CreateOptions(Action<JsonSerializerOptions> configure)
    {
        var options = new JsonSerializerOptions();
        configure(options);
        options.MakeReadOnly();
        return options;
    }
}
