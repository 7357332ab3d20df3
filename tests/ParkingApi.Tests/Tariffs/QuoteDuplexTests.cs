using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Parking.Api.Hosting.Ndjson;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Tariffs;

/// <summary>
/// The whole way through the server: what is answered while more is sent, and how much of it is kept. Runs alone, since it measures the
/// memory of the process.
/// </summary>
[Collection(nameof(Alone))]
public sealed class QuoteDuplexTests : IDisposable
{
    private const string Path = "/v1/tariffs/quotes";
    private static readonly int Stays = Depth.Name == "quick" ? 20_000 : 100_000;
    private const int StaysAPart = 100;
    private const int MemoryChecks = 10;

    /// <summary>Half of the size of the stays and their answers.</summary>
    private const long MaxGrowth = 16 * 1024 * 1024;

    /// <summary>Without the log at Trace that tests keep, which would grow with the call. A slow test is no slow client.</summary>
    private readonly ParkingApplication _app =
        new ParkingApplication(("Logging:LogLevel:Default", "Warning"), ("Logging:LogLevel:Microsoft.AspNetCore", "Warning"))
        {
            Replace = services => services.Configure<KestrelServerOptions>(server => server.Limits.MinRequestBodyDataRate = null),
        }.OnKestrel();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task FirstAnswer_Comes_BeforeTheLastStayIsSent()
    {
        await using var call = await DuplexCall.PostAsync(_app, Path, NdjsonWriter.MediaType);
        await call.SendAsync("{\"facility\":\"hsp\"}\n");
        for (var stay = 1; stay <= 3; stay++)
        {
            await call.SendAsync(StayLine(stay));

            Assert.StartsWith(AnswerTo(stay), await call.ReadLineAsync(), StringComparison.Ordinal);
        }

        await call.EndAsync();
        Assert.Null(await call.ReadLineAsync());
    }

    [Fact]
    public async Task Body_ThatBreaksOff_IsTheLastAnswerAndNoMistakeOfOurs()
    {
        await using var call = await DuplexCall.PostAsync(_app, Path, NdjsonWriter.MediaType);
        await call.SendAsync("{\"facility\":\"hsp\"}\n" + StayLine(1));
        Assert.StartsWith(AnswerTo(1), await call.ReadLineAsync(), StringComparison.Ordinal);

        await call.BreakAsync();

        Assert.Equal(
            "{\"stay\":2,\"error\":{\"path\":\"$\",\"problem\":\"the rest of the body cannot be read\",\"expected\":\"a body as HTTP "
                + "defines it\"}}",
            await call.ReadLineAsync());
        Assert.Null(await call.ReadLineAsync());
        Assert.DoesNotContain(_app.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ManyStays_ReadWhileSent_AreAllAnsweredInOrderAndNotKept()
    {
        await using var call = await DuplexCall.PostAsync(_app, Path, NdjsonWriter.MediaType);
        await call.SendAsync("{\"facility\":\"hsp\"}\n");
        await call.SendAsync(StayLine(1));
        Assert.StartsWith(AnswerTo(1), await call.ReadLineAsync(), StringComparison.Ordinal);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = before;

        var sending = SendAsync(call, from: 2);
        for (var stay = 2; stay <= Stays; stay++)
        {
            Assert.StartsWith(AnswerTo(stay), await call.ReadLineAsync(), StringComparison.Ordinal);
            if (stay % (Stays / MemoryChecks) == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            }
        }

        await sending;
        Assert.Null(await call.ReadLineAsync());
        Assert.InRange(most - before, 0, MaxGrowth);
    }

    private static async Task SendAsync(DuplexCall call, int from)
    {
        var part = new StringBuilder();
        for (var stay = from; stay <= Stays; stay++)
        {
            part.Append(StayLine(stay));
            if (stay % StaysAPart == 0)
            {
                await call.SendAsync(part.ToString());
                part.Clear();
            }
        }

        await call.EndAsync();
    }

    /// <summary>Stay n lasts n seconds by day, so that no two answers are the same. Every thousandth is not a stay.</summary>
    private static string StayLine(int stay) => stay % 1000 == 0
        ? "{\"enteredAt\":\"noon\"}\n"
        : string.Create(CultureInfo.InvariantCulture, $"{{\"enteredAt\":\"2026-05-04T00:00:00Z\",\"exitedAt\":\"{EndOf(stay)}\"}}\n");

    private static string AnswerTo(int stay) => stay % 1000 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{{\"stay\":{stay},\"error\":{{\"path\":\"$.enteredAt\"")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"stay\":{stay},\"tariff\":\"hsp\",\"version\":2,\"rateTable\":\"everyone\",\"rate\":\"day-night\","
                + $"\"currency\":\"CNY\",\"enteredAt\":\"2026-05-04T00:00:00Z\",\"exitedAt\":\"{EndOf(stay)}\",\"total\":");

    private static string EndOf(int stay) =>
        new DateTime(2026, 5, 4, 0, 0, 0, DateTimeKind.Utc)
            .AddSeconds(stay).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
