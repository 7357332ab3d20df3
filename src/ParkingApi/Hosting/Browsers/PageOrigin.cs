using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Parking.Api.Hosting.Browsers;

/// <summary>The origin of the pages: what <c>Host</c> and <c>Origin</c> of a browser's request must equal.</summary>
internal sealed class PageOrigin(IOptions<PageOptions> options, IServer server)
{
    private Uri? _value;

    /// <summary>The origin as a URI with the path <c>/</c>. Without the setting it is known once the server listens.</summary>
    /// <exception cref="InvalidOperationException">The server does not listen yet.</exception>
    public Uri Value => _value ??= new(options.Value.Origin is { Length: > 0 } origin ? origin : FirstAddress());

    /// <summary>The origin as browsers write it in the header <c>Origin</c>.</summary>
    public string Text => Value.GetLeftPart(UriPartial.Authority);

    /// <summary>Whether a request was sent to this origin's host and port.</summary>
    public bool IsHostOf(HttpRequest request) =>
        string.Equals(request.Host.Value, Value.Authority, StringComparison.OrdinalIgnoreCase);

    /// <remarks>A server in a test has no addresses at all; its requests go to <c>localhost</c>.</remarks>
    private string FirstAddress() => server.Features.Get<IServerAddressesFeature>() is not { } listening
        ? "http://localhost"
        : listening.Addresses.FirstOrDefault() ?? throw new InvalidOperationException("The server does not listen yet.");
}
