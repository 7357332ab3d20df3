using System.Net.Http.Headers;
using System.Net.Sockets;
using NodaTime;
using Parking.Optics;
using Parking.Simulation.Replay.Driving;

namespace Parking.Simulation.Replay.Faults;

/// <summary>
/// The line between one gate and the service, and what goes wrong on it. A request that would never be answered fails at once: in virtual
/// time nobody waits. One that is late is kept and sent when it is due.
/// </summary>
/// <param name="profile">How often.</param>
/// <param name="random">Settles when.</param>
/// <param name="time">True time.</param>
/// <param name="happened">Told of each fault.</param>
internal sealed class FaultyLine(
    FaultProfile profile, SeededRandom random, VirtualTime time, Action<FaultKind> happened) : DelegatingHandler
{
    private const int LongestDelaySeconds = 120;

    private readonly List<HeldRequest> _held = [];

    /// <summary>Whether the cable is cut.</summary>
    public bool IsCut { get; set; }

    /// <summary>Whether anything still goes wrong by chance.</summary>
    public bool IsCalm { get; set; }

    /// <summary>Until when the service's own failures are of our making.</summary>
    public Instant OutageUntil { get; set; } = Instant.MinValue;

    /// <summary>
    /// What was done to requests that failed since this was last cleared. Nothing, though one failed: then the service has failed by
    /// itself.
    /// </summary>
    public FaultReach Reached { get; set; }

    /// <summary>The next request is the gate's last: it is killed before or after it.</summary>
    public bool IsKillArmed { get; set; }

    /// <summary>When the first request on its way arrives; null if none is.</summary>
    public Instant? NextDue => _held.Count == 0 ? null : _held.Min(held => held.Due);

    /// <summary>Lets arrive what is due. The answers reach nobody.</summary>
    public async Task DeliverAsync(CancellationToken cancellationToken)
    {
        foreach (var held in _held.Where(held => held.Due <= time.Now).ToList())
        {
            _held.Remove(held);
            if (!IsCut)
            {
                await DeliverAsync(held, cancellationToken);
            }
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsCut)
        {
            throw Fail("the cable is cut", FaultReach.GateCut);
        }
        if (IsKillArmed)
        {
            await DieAsync(request, cancellationToken);
        }
        var draw = IsCalm ? 1 : random.NextUnit();
        if ((draw -= profile.DropRequest) < 0)
        {
            happened(FaultKind.DropRequest);
            throw Fail("the request was lost", FaultReach.RequestDropped);
        }
        if ((draw -= profile.DropAnswer) < 0)
        {
            happened(FaultKind.DropAnswer);
            var lost = Fail("the answer was lost", FaultReach.AnswerDropped);
            (await base.SendAsync(request, cancellationToken)).Dispose();
            throw lost;
        }
        if ((draw -= profile.Delay) < 0)
        {
            happened(FaultKind.Delay);
            _held.Add(await HeldRequest.HoldAsync(
                request, time.Now + Duration.FromSeconds(1 + random.Below(LongestDelaySeconds)), cancellationToken));
            throw Fail("the request is late", FaultReach.Delayed);
        }
        if ((draw -= profile.Reorder) < 0)
        {
            // It arrives right after the next one.
            happened(FaultKind.Reorder);
            _held.Add(await HeldRequest.HoldAsync(request, Instant.MaxValue, cancellationToken));
            throw Fail("the request is overtaken", FaultReach.Delayed);
        }
        return draw - profile.Duplicate < 0
            ? await SendTwiceAsync(request, cancellationToken)
            : await SendOnceAsync(request, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            Reached |= (int)response.StatusCode >= 500 ? Outage : FaultReach.None;
            foreach (var overtaken in _held.Where(held => held.Due == Instant.MaxValue).ToList())
            {
                _held.Remove(overtaken);
                await DeliverAsync(overtaken, cancellationToken);
            }
            return response;
        }
        catch (Exception error) when (IsLost(error))
        {
            Reached |= Outage;
            throw;
        }
    }

    private async Task<HttpResponseMessage> SendTwiceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        happened(FaultKind.Duplicate);
        var twin = await HeldRequest.HoldAsync(request, time.Now, cancellationToken);
        var first = SendOnceAsync(request, cancellationToken);
        await DeliverAsync(twin, cancellationToken);
        return await first;
    }

    private async Task DieAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        IsKillArmed = false;
        Reached |= FaultReach.GateKilled;
        if (random.Chance(0.5))
        {
            try
            {
                (await base.SendAsync(request, cancellationToken)).Dispose();
            }
            catch (Exception error) when (IsLost(error))
            {
                // Nobody is left to hear of it.
            }
        }
        throw new GateKilledException();
    }

    private async Task DeliverAsync(HeldRequest held, CancellationToken cancellationToken)
    {
        try
        {
            using var request = held.ToRequest();
            (await base.SendAsync(request, cancellationToken)).Dispose();
        }
        catch (Exception error) when (IsLost(error))
        {
            // Lost after all.
        }
    }

    /// <summary>A connection that is cut while it is made may come out as what the socket says.</summary>
    private static bool IsLost(Exception error) => error is HttpRequestException or SocketException;

    private FaultReach Outage => time.Now <= OutageUntil ? FaultReach.ServiceDown : FaultReach.None;

    private HttpRequestException Fail(string how, FaultReach reach)
    {
        Reached |= reach;
        return new HttpRequestException($"No answer: {how}.");
    }
}

/// <summary>A request that is still on its way when its sender has given it up.</summary>
/// <param name="Due">When it arrives.</param>
internal sealed record HeldRequest(
    Instant Due, HttpMethod Method, Uri? Address, IReadOnlyList<KeyValuePair<string, IEnumerable<string>>> Headers, byte[]? Body,
    MediaTypeHeaderValue? MediaType)
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

/// <summary>The gate's program ends here: whatever it was about to do, it does not do any more.</summary>
internal sealed class GateKilledException() : Exception("The gate was killed.");
