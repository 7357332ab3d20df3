using System.Net.Http.Headers;
using NodaTime;

namespace Parking.Simulation.Replay.Faults;

/// <summary>A request that is still on its way when its sender has given it up.</summary>
/// <param name="Due">When it arrives.</param>
internal sealed record HeldRequest(Instant Due, HttpMethod Method, Uri? Address, IReadOnlyList<KeyValuePair<string, IEnumerable<string>>> Headers, byte[]? Body, MediaTypeHeaderValue? MediaType)
{
    /// <summary>A copy of a request that has not been sent.</summary>
    public static async Task<HeldRequest> HoldAsync(HttpRequestMessage request, Instant due, CancellationToken cancellationToken) => new(
        due, request.Method, request.RequestUri, [.. request.Headers],
        request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : null,
        request.Content?.Headers.ContentType);

    public HttpRequestMessage ToRequest()
    {
        var request = new HttpRequestMessage(Method, Address);
        foreach (var (name, values) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, values);
        }
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body);
            request.Content.Headers.ContentType = MediaType;
        }
        return request;
    }
}
