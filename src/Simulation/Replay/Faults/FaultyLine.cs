using System.Net.Http.Headers;
using System.Net.Sockets;
using NodaTime;
using Parking.Optics;
using Parking.Simulation.Replay.Driving;

namespace Parking.Simulation.Replay.Faults;

/// <summary>
/// The line between one gate and the service, with its faults. A request that would never be answered fails at once, because nobody waits
/// in virtual time. A late request is kept and sent when it is due.
/// </summary>
/// <param name="profile">How often faults occur.</param>
/// <param name="random">Determines when they occur.</param>
/// <param name="time">True time.</param>
/// <param name="happened">Called with each fault.</param>
internal sealed class FaultyLine(
    FaultProfile profile, SeededRandom random, VirtualTime time, Action<FaultKind> happened) : DelegatingHandler
{
    /// <summary>
    /// No request travels longer, however late it is: the service counts a gate's steady clock back from the arrival of the request.
    /// </summary>
    private const int LongestTravelSeconds = 120;

    private readonly List<HeldRequest> _held = [];
    private bool _isComingBack;

    /// <summary>Whether the line is cut.</summary>
    public bool IsCut { get; set; }

    /// <summary>Whether random faults are switched off.</summary>
    public bool IsCalm { get; set; }

    /// <summary>Whether they are switched off until the gate has sent everything.</summary>
    public bool IsCalmUntilSent { get; set; }

    /// <summary>
    /// The end of an injected outage. Until then, and until the service has answered once after it, its errors count as injected faults: it
    /// comes back in real time, and the trace's time may be much faster.
    /// </summary>
    public Instant OutageUntil
    {
        get;
        set
        {
            field = value;
            _isComingBack = true;
        }
    } = Instant.MinValue;

    /// <summary>
    /// The faults injected into failed requests since this was last cleared. If a request failed and this is none, the service failed by
    /// itself.
    /// </summary>
    public FaultReach Reached { get; set; }

    /// <summary>Whether the gate is killed at its next request, before or after sending it.</summary>
    public bool IsKillArmed { get; set; }

    /// <summary>When the first late request is due; null if there is none.</summary>
    public Instant? NextDue => _held.Count == 0 ? null : _held.Min(held => held.Due);

    /// <summary>Sends the late requests that are due. Their answers are ignored.</summary>
    public async Task DeliverAsync(CancellationToken cancellationToken)
    {
        foreach (var held in _held.Where(held => held.Due <= time.Now).ToList())
        {
            _held.Remove(held);
            await DeliverAsync(held, cancellationToken);
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
        var draw = IsCalm || IsCalmUntilSent ? 1 : random.NextUnit();
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
                request, time.Now, time.Now + Duration.FromSeconds(1 + random.Below(LongestTravelSeconds)), cancellationToken));
            throw Fail("the request is late", FaultReach.Delayed);
        }
        if ((draw -= profile.Reorder) < 0)
        {
            // It is sent after the next request.
            happened(FaultKind.Reorder);
            _held.Add(await HeldRequest.HoldAsync(request, time.Now, Instant.MaxValue, cancellationToken));
            throw Fail("a later request is sent first", FaultReach.Delayed);
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
            var isError = (int)response.StatusCode >= 500;
            Reached |= isError ? Outage : FaultReach.None;
            _isComingBack &= isError || time.Now <= OutageUntil;
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
        var twin = await HeldRequest.HoldAsync(request, time.Now, time.Now, cancellationToken);
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
                // The sender is dead, so the error is ignored.
            }
        }
        throw new GateKilledException();
    }

    private async Task DeliverAsync(HeldRequest held, CancellationToken cancellationToken)
    {
        if (IsCut || time.Now - held.Sent > Duration.FromSeconds(LongestTravelSeconds))
        {
            return;
        }
        try
        {
            using var request = held.ToRequest();
            (await base.SendAsync(request, cancellationToken)).Dispose();
        }
        catch (Exception error) when (IsLost(error))
        {
            // The request is lost.
        }
    }

    /// <summary>Whether the connection failed. A connection that fails while it is made can also throw the socket's exception.</summary>
    private static bool IsLost(Exception error) => error is HttpRequestException or SocketException;

    private FaultReach Outage => time.Now <= OutageUntil || _isComingBack ? FaultReach.ServiceDown : FaultReach.None;

    private HttpRequestException Fail(string how, FaultReach reach)
    {
        Reached |= reach;
        return new HttpRequestException($"No answer: {how}.");
    }
}

/// <summary>A request that arrives after its sender has given up.</summary>
/// <param name="Sent">When its sender sent it.</param>
/// <param name="Due">When it arrives.</param>
internal sealed record HeldRequest(
    Instant Sent, Instant Due, HttpMethod Method, Uri? Address, IReadOnlyList<KeyValuePair<string, IEnumerable<string>>> Headers,
    byte[]? Body, MediaTypeHeaderValue? MediaType)
{
    /// <summary>Copies a request that has not been sent.</summary>
    public static async Task<HeldRequest> HoldAsync(
        HttpRequestMessage request, Instant sent, Instant due, CancellationToken cancellationToken) => new(
        sent, due, request.Method, request.RequestUri, [.. request.Headers],
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

/// <summary>Ends the gate's program in the middle of its work.</summary>
internal sealed class GateKilledException() : Exception("The gate was killed.");
