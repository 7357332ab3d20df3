using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NodaTime;
using Parking.GateProgram;
using Parking.Simulation.Clients;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Replay.Books;

/// <summary>Requests the prices of many stays.</summary>
/// <remarks>
/// The service answers while it still reads the request, and stops reading when nobody reads its answers. An HTTP/1.1 client reads only
/// after it has sent everything. So a call contains no more stays than fit into the service's buffer, and a large facility needs several
/// calls.
/// </remarks>
/// <param name="http">Has the service's address.</param>
/// <param name="tokens">Citizens' bearer tokens, at least one. Calls use them in turn, because the number of calls of a citizen per minute
/// is limited.</param>
/// <param name="time">Waits when the service asks for it.</param>
internal sealed class QuoteReader(HttpClient http, IReadOnlyList<string> tokens, TimeProvider time)
{
    /// <summary>At about 110 bytes each, this is half of what the service buffers before it stops reading.</summary>
    public const int MostStaysInACall = 4000;

    private const string MediaType = "application/x-ndjson";

    private readonly PatientSender _sender = new(http, time);
    private int _calls;

    /// <summary>The prices, in the order of the stays.</summary>
    /// <param name="facility">The facility with the tariff.</param>
    /// <param name="stays">The stays to be priced.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="ServiceRefusedException">The service did not price all stays.</exception>
    public async Task<IReadOnlyList<ExplainedPrice>> ReadAsync(
        string facility, IReadOnlyList<PricedTime> stays, CancellationToken cancellationToken)
    {
        var prices = new List<ExplainedPrice>(stays.Count);
        foreach (var part in stays.Chunk(MostStaysInACall))
        {
            var body = WriteBody(facility, part);
            var token = tokens[_calls++ % tokens.Count];
            prices.AddRange(await _sender.SendAsync(
                $"Asking for prices at {facility}",
                () => new HttpRequestMessage(HttpMethod.Post, "/v1/tariffs/quotes")
                {
                    Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
                    Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(MediaType) } },
                },
                (response, ending) => ReadPricesAsync(facility, part.Length, response, ending),
                cancellationToken));
        }
        return prices;
    }

    private static byte[] WriteBody(string facility, IReadOnlyList<PricedTime> stays)
    {
        var body = new StringBuilder();
        body.Append(JsonSerializer.Serialize(new { Facility = facility, Lines = true }, ClientJson.Options)).Append('\n');
        foreach (var stay in stays)
        {
            body.Append(JsonSerializer.Serialize(stay, ClientJson.Options)).Append('\n');
        }
        return Encoding.UTF8.GetBytes(body.ToString());
    }

    private static async Task<List<ExplainedPrice>> ReadPricesAsync(
        string facility, int count, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var prices = new List<ExplainedPrice>(count);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            var answer = JsonSerializer.Deserialize<QuoteAnswer>(line, ClientJson.Options);
            prices.Add(answer is { Currency: { } currency, Total: { } total, Lines: { } explained } && answer.Stay == prices.Count + 1
                ? new(new(currency, total), explained)
                : throw new ServiceRefusedException(
                    $"Asking for prices at {facility}, stay {prices.Count + 1}: {answer?.Error?.Problem ?? "the answer is not a price"}."));
        }
        return prices.Count == count
            ? prices
            : throw new ServiceRefusedException($"Asking for prices at {facility}: {prices.Count} of {count} stays were priced.");
    }

    private sealed record QuoteAnswer(long Stay, string? Currency, long? Total, IReadOnlyList<PriceLine>? Lines, QuoteError? Error);

    private sealed record QuoteError(string? Problem);
}

/// <summary>A stay to be priced: one line of a call for quotes.</summary>
internal sealed record PricedTime(Instant EnteredAt, Instant ExitedAt, VehicleClass VehicleClass);

/// <summary>The price of a stay.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Total">In the currency's minor unit.</param>
internal sealed record Price(string Currency, long Total)
{
    public override string ToString() => $"{Total} {Currency}";
}

/// <summary>One line of a price. Members that are not compared with the archive are left out.</summary>
internal sealed record PriceLine(string Kind, decimal Amount, Instant? From, Instant? To, decimal? Quantity, long? UnitPrice)
{
    /// <summary>All members in one line, for a person to compare.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Kind} {Amount} = {Quantity} × {UnitPrice}, {Text(From)} / {Text(To)}");

    private static string Text(Instant? at) => at is { } known ? Times.Write(known) : "—";
}

/// <summary>A price and the lines of which it is the sum.</summary>
internal sealed record ExplainedPrice(Price Price, IReadOnlyList<PriceLine> Lines);
