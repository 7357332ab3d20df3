using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Parking.Api.Hosting.Ndjson;
using Parking.Api.Hosting.Problems;
using Parking.Tariffs;
using Parking.Tariffs.Documents;

namespace Parking.Api.Tariffs;

/// <summary>
/// Answers stays as they arrive: one line each, in order. Neither all stays nor all answers are ever in memory: while the caller does not
/// read, the service does not write, and while it cannot write, it does not read.
/// </summary>
internal sealed class QuoteStream(NdjsonReader stays, QuoteOrder request) : IResult
{
    /// <summary>Answers are sent when this many bytes wait, and whenever no stay waits.</summary>
    private const int FlushBytes = 16 * 1024;

    private readonly Dictionary<int, PricingEffort> _efforts = [];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = NdjsonWriter.MediaType;
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var services = httpContext.RequestServices;
        var json = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        await using var answers = new NdjsonWriter(httpContext.Response.BodyWriter, json);
        await AnswerAllAsync(answers, services.GetRequiredService<PricingTurns>(), httpContext.RequestAborted);
    }

    private async Task AnswerAllAsync(NdjsonWriter answers, PricingTurns turns, CancellationToken cancellationToken)
    {
        var stay = 0L;
        do
        {
            while (stays.TryRead(StayLineReader.MaxBytes, out var line))
            {
                stay++;
                await turns.BeginAsync(cancellationToken);
                try
                {
                    Answer(stay, line, answers);
                }
                finally
                {
                    turns.End();
                }

                await answers.FlushAsync(FlushBytes, cancellationToken);
            }

            await answers.FlushAsync(leastBytes: 1, cancellationToken);
        }
        while (await FillAsync(stay, answers, cancellationToken));
    }

    private void Answer(long number, NdjsonLine line, NdjsonWriter answers)
    {
        if (!StayLineReader.TryRead(line, request.Tariff, out var read, out var error)
            || (error = EffortOf(read.Version).Refuse(read.Stay, request)) is not null)
        {
            answers.Write(new Contracts.RefusedStay(number, error.ToContract()));
            return;
        }

        var (stay, version) = read;
        var quote = request.Lines ? version.Quote(stay).ToContract() : version.QuoteWithoutLines(stay).ToContractWithoutLines();
        var change = request.NextChange ? version.NextChange(stay)?.ToContract() : null;
        answers.Write(new Contracts.PricedStay(number, quote with { NextChange = change }));
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

    /// <summary>Waits for more stays. If the body breaks off, the last answer says so, since the status has already been sent.</summary>
    private async ValueTask<bool> FillAsync(long stay, NdjsonWriter answers, CancellationToken cancellationToken)
    {
        try
        {
            return await stays.FillAsync(cancellationToken);
        }
        catch (BadHttpRequestException e)
        {
            answers.Write(new Contracts.RefusedStay(stay + 1, ErrorOf(e.StatusCode).ToContract()));
            await answers.FlushAsync(leastBytes: 1, cancellationToken);
            return false;
        }
    }

    private static DocumentError ErrorOf(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge =>
            new("$", "the body is too large, and its rest is not read", $"at most {QuoteEndpoints.MaxBodyBytes} bytes in one call"),
        StatusCodes.Status408RequestTimeout =>
            new("$", "the body comes too slowly, and its rest is not read", "at least 240 bytes a second"),
        _ => new("$", "the rest of the body cannot be read", "a body as HTTP defines it"),
    };
}
