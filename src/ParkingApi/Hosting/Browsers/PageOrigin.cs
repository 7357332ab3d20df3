using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Parking.Api.Hosting.Browsers;

/// <summary>The origin of the pages: what <c>Host</c> and <c>Origin</c> of a browser's request must equal.</summary>
internal sealed class PageOrigin(IOptions<PageOptions> options, IServer server)
{
    private static readonly Uri InTests = new("http://localhost");

    private Uri? _known;

    /// <summary>
    /// The origin as a URI with the path <c>/</c>. Without the setting it is known once the server listens. A server in a test never
    /// listens: requests to it go to <c>localhost</c>.
    /// </summary>
    public Uri Value => (_known ??= Find()) ?? InTests;

    /// <summary>The origin as browsers write it in the header <c>Origin</c>.</summary>
    public string Text => Value.GetLeftPart(UriPartial.Authority);

    /// <summary>Whether a request was sent to this origin's host and port.</summary>
    public bool IsHostOf(HttpRequest request) =>
        string.Equals(request.Host.Value, Value.Authority, StringComparison.OrdinalIgnoreCase);

    private Uri? Find() =>
        (options.Value.Origin ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()) is { Length: > 0 } origin
            ? new(origin)
            : null;
}
