using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NodaTime;
using Parking.ScannerSim.Clients;
using Parking.ScannerSim.Settings;

namespace Parking.ScannerSim.Traces.Recording;

/// <summary>What happens at a service's gates, as it tells it.</summary>
internal sealed class LiveRecording : IAsyncDisposable
{
    private const int Format = 1;

    private readonly HttpResponseMessage _response;
    private readonly TraceLines _lines;

    private LiveRecording(HttpResponseMessage response, TraceLines lines, Instant starts, TraceCity city) =>
        (_response, _lines, Starts, City) = (response, lines, starts, city);

    /// <summary>Since when, by the service.</summary>
    public Instant Starts { get; }

    /// <summary>Where.</summary>
    public TraceCity City { get; }

    /// <summary>Asks for it; from then on nothing is missed.</summary>
    /// <param name="http">Has the service's address.</param>
    /// <param name="operatorToken">Of somebody who may record.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ServiceRefusedException">The service does not record for this caller, or cannot be reached.</exception>
    public static async Task<LiveRecording> OpenAsync(HttpClient http, string operatorToken, CancellationToken cancellationToken)
    {
        const string subject = "recording";
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/recording") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", operatorToken) } };
        HttpResponseMessage? response = null;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw new ServiceRefusedException(await ProblemText.DescribeAsync(response, subject, cancellationToken));
            }
            var lines = new TraceLines(await response.Content.ReadAsStreamAsync(cancellationToken));
            var first = await lines.NextAsync(TraceFormat.MaxHeaderBytes, cancellationToken) ?? throw new ServiceRefusedException($"{subject}: the answer is empty.");
            var header = JsonSerializer.Deserialize<Header>(first.Span, ClientJson.Options);
            return header is { Recording: Format }
                ? new(response, lines, header.Starts, new TraceCity(header.City, header.Files))
                : throw new ServiceRefusedException($"{subject}: this program reads recordings of number {Format}.");
        }
        catch (Exception error)
        {
            response?.Dispose();
            throw error switch
            {
                HttpRequestException or IOException => new ServiceRefusedException($"{subject}: the service cannot be reached at {http.BaseAddress}: {error.Message}", error),
                JsonException or SettingsException => new ServiceRefusedException($"{subject}: the answer is not what this version expects: {error.Message}", error),
                _ => error,
            };
        }
    }

    /// <summary>The lines as they come. To be read once.</summary>
    /// <exception cref="ServiceRefusedException">A line is not what this version expects.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async IAsyncEnumerable<RecordedLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _lines.NextAsync(TraceFormat.MaxLineBytes, cancellationToken) is { } line)
        {
            yield return Parse(line.Span);
        }
    }

    public ValueTask DisposeAsync()
    {
        _response.Dispose();
        return default;
    }

    private RecordedLine Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<RecordedLine>(line, ClientJson.Options)!;
        }
        catch (JsonException error)
        {
            throw new ServiceRefusedException($"recording: line {_lines.Number} is not what this version expects: {error.Message}", error);
        }
    }

    private sealed record Header(int Recording, Instant Starts, JsonElement City, IReadOnlyDictionary<string, JsonElement> Files);
}
