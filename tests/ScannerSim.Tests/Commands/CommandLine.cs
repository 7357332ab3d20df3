using System.Net;
using System.Text.Json;
using Parking.Api.Commands;
using Parking.Commands;
using Parking.Events;
using Parking.GateProtocol;

namespace Parking.ScannerSim.Tests.Commands;

/// <summary>
/// The way from a gate to the service, with everything that a way can do: it loses requests and answers, keeps them for seconds, delivers a
/// request twice, and answers a poll with what it answered before. Behind it is the real service. It uses no thread but the caller's.
/// </summary>
internal sealed class CommandLine(CommandService service, TimeProvider time, Random random) : HttpClient
{
    private const int MostLooks = 125;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private string? _lastPoll;
    private long _acknowledged;

    /// <summary>Whether everything arrives at once, for the end of a run.</summary>
    public bool IsQuiet { get; set; }

    public override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = new Uri(BaseAddress!, request.RequestUri!).AbsolutePath.Split('/');
        var query = new Uri(BaseAddress!, request.RequestUri!).Query;
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(CancellationToken.None);
        await DelayAsync(cancellationToken);
        if (Happens(10))
        {
            throw new HttpRequestException("the request is lost");
        }
        if (path[^1] == "commands" && _lastPoll is { } kept && Happens(15))
        {
            return Json(kept);
        }
        if (path[^1] == "claims" && Happens(10))
        {
            // A proxy that got no answer in time sends the request once more, seconds later.
            _ = AgainAsync(path, body);
        }
        var answer = await AnswerAsync(path, query, body, cancellationToken);
        _lastPoll = path[^1] == "commands" ? answer : _lastPoll;
        await DelayAsync(cancellationToken);
        return Happens(15) ? throw new HttpRequestException("the answer is lost") : Json(answer);
    }

    private async Task<string> AnswerAsync(string[] path, string query, string body, CancellationToken cancellationToken) => path[^1] switch
    {
        "commands" => Text(new GateCommandList
        {
            Time = service.Now,
            Commands = [.. (await WaitAsync(SeenIn(query), cancellationToken)).Select(command => command.ToGate())],
        }),
        "claims" => Text(await service.ClaimAsync(CommandId.Parse(path[^2]), Read<CommandClaim>(body))),
        "heartbeats" => Text(new HeartbeatAnswer
        {
            Time = service.Now,
            Epoch = "5f0a21c7",
            AcknowledgedThrough = _acknowledged,
            Feed = "\"none\"",
        }),
        "events" => Text(await TakeAsync(Read<EventUpload>(body))),
        _ => throw new HttpRequestException("there is no feed"),
    };

    private async Task<IReadOnlyList<CommandRecord>> WaitAsync(HashSet<string> seen, CancellationToken cancellationToken)
    {
        for (var looks = 0; looks < MostLooks && !IsQuiet; looks++)
        {
            if ((await service.WaitingAsync(seen)) is { Count: > 0 } found)
            {
                return found;
            }
            await Task.Delay(LookEvery, time, cancellationToken);
        }
        return [];
    }

    private async Task<UploadAnswer> TakeAsync(EventUpload upload)
    {
        foreach (var reported in upload.Events)
        {
            await service.TakeInAsync(JournalId.Parse(upload.Journal), reported);
        }
        _acknowledged = Math.Max(_acknowledged, upload.Events[^1].Seq);
        return new()
        {
            Time = service.Now,
            Epoch = "5f0a21c7",
            AcknowledgedThrough = _acknowledged,
            Answers = [.. upload.Events.Select(one => new EventAnswer { Seq = one.Seq, Outcome = EventOutcome.Recorded })],
        };
    }

    private async Task AgainAsync(string[] path, string body)
    {
        await Task.Delay(TimeSpan.FromSeconds(random.NextDouble() * 20), time);
        try
        {
            await AnswerAsync(path, "", body, CancellationToken.None);
        }
        catch (HttpRequestException)
        {
            // The service was being restarted.
        }
    }

    /// <summary>Mostly some milliseconds; sometimes something on the way keeps it for seconds.</summary>
    private Task DelayAsync(CancellationToken cancellationToken) => Task.Delay(
        TimeSpan.FromMilliseconds(IsQuiet ? 1 : Happens(20) ? random.Next(6_000) : random.Next(120)), time, cancellationToken);

    private bool Happens(int percent) => !IsQuiet && random.Next(100) < percent;

    private static HashSet<string> SeenIn(string query) =>
        [.. query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')[1])];

    private static T Read<T>(string body) => JsonSerializer.Deserialize<T>(body, GateProtocolJson.Options)!;

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, GateProtocolJson.Options);

    private static HttpResponseMessage Json(string json) =>
        new(HttpStatusCode.OK) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
}
