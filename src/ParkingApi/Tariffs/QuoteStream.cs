using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Parking.Tariffs;

namespace Parking.Api.Tariffs;

/// <summary>
/// Answers stays as they come: one line each, in order. Neither the stays nor the answers are ever all in memory: what is not read by the caller is not
/// written, and what is not written is not read.
/// </summary>
internal sealed class QuoteStream(NdjsonReader stays, QuoteRequest request) : IResult
{
    public const string MediaType = "application/x-ndjson";

    /// <summary>Answers are sent when so many bytes are waiting, and whenever no stay is.</summary>
    private const int FlushBytes = 16 * 1024;

    private readonly Dictionary<int, PricingEffort> _efforts = [];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = MediaType;
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await AnswerAllAsync(httpContext, httpContext.Response.BodyWriter, httpContext.RequestAborted);
    }

    private async Task AnswerAllAsync(HttpContext http, PipeWriter output, CancellationToken cancellationToken)
    {
        var turns = http.RequestServices.GetRequiredService<PricingTurns>();
        var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        await using var json = new Utf8JsonWriter(output, new() { Encoder = options.Encoder });
        var (stay, waiting) = (0L, 0L);
        do
        {
            while (stays.TryRead(StayLineReader.MaxBytes, out var line))
            {
                stay++;
                await turns.BeginAsync(cancellationToken);
                try
                {
                    Answer(stay, line, json, options);
                }
                finally
                {
                    turns.End();
                }

                waiting += EndLine(json, output);
                if (waiting >= FlushBytes)
                {
                    await output.FlushAsync(cancellationToken);
                    waiting = 0;
                }
            }

            if (waiting > 0)
            {
                await output.FlushAsync(cancellationToken);
                waiting = 0;
            }
        }
        while (await stays.FillAsync(cancellationToken));
    }

    private void Answer(long number, NdjsonLine line, Utf8JsonWriter json, JsonSerializerOptions options)
    {
        if (!StayLineReader.TryRead(line, request.Tariff, out var read, out var error) || (error = EffortOf(read.Version).Refuse(read.Stay, request)) is not null)
        {
            JsonSerializer.Serialize(json, new RefusedStay(number, error), options);
            return;
        }

        var (stay, version) = read;
        var answer = request.Lines ? QuoteContract.From(version.Quote(stay)) : QuoteContract.TotalsOf(version.QuoteWithoutLines(stay));
        var change = request.NextChange ? NextChangeContract.From(version.NextChange(stay)) : null;
        JsonSerializer.Serialize(json, new PricedStay(number, answer with { NextChange = change }), options);
    }

    private PricingEffort EffortOf(TariffVersion version)
    {
        if (!_efforts.TryGetValue(version.Number, out var effort))
        {
            effort = new(version);
            _efforts.Add(version.Number, effort);
        }

        return effort;
    }

    /// <summary>How many bytes the line has.</summary>
    private static long EndLine(Utf8JsonWriter json, PipeWriter output)
    {
        json.Flush();
        var bytes = json.BytesCommitted + 1;
        json.Reset();
        output.GetSpan(1)[0] = (byte)'\n';
        output.Advance(1);
        return bytes;
    }
}
