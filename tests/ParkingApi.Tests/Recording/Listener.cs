using System.Net;
using System.Text.Json;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Recording;

/// <summary>An operator's program that records.</summary>
internal sealed class Listener : IDisposable
{
    private readonly HttpClient _client;
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private Listener(HttpClient client, HttpResponseMessage response, Stream lines)
    {
        (_client, _response) = (client, response);
        _lines = new(lines);
    }

    /// <summary>Everything that was heard, as it came.</summary>
    public List<string> Heard { get; } = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Begins; the first line has been read.</summary>
    public static async Task<Listener> BeginAsync(ParkingApplication app)
    {
        var client = app.OperatorClient();
        var response = await client.GetAsync("/v1/recording", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal((HttpStatusCode.OK, "application/x-ndjson"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        var listener = new Listener(client, response, await response.Content.ReadAsStreamAsync(Cancellation));
        await listener.HearAsync();
        return listener;
    }

    /// <summary>The next line; undefined at the end.</summary>
    public async Task<JsonElement> HearAsync()
    {
        if (await _lines.ReadLineAsync(Cancellation) is not { } line)
        {
            return default;
        }

        Heard.Add(line);
        return JsonElement.Parse(line);
    }

    public async Task<List<JsonElement>> HearAsync(int count)
    {
        var lines = new List<JsonElement>();
        while (lines.Count < count)
        {
            lines.Add(await HearAsync());
        }

        return lines;
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
        _client.Dispose();
    }
}
