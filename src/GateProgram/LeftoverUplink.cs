using System.Net;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>
/// Sends what is left of damaged journals, under the numbers that it always had, so that what the service knows already is not taken in
/// twice. What the service cannot take in (the scan of an act is lost) is reported and given up.
/// </summary>
/// <param name="leftovers">The events, journal by journal.</param>
/// <param name="api">Sends the requests.</param>
/// <param name="clock">Its steady clock dates events that were written in the same run of it.</param>
/// <param name="settings">The gate, and the callback for messages.</param>
/// <param name="time">Measures.</param>
internal sealed class LeftoverUplink(
    IReadOnlyList<Leftover> leftovers, GateApi api, GateClock clock, GateMachineSettings settings, TimeProvider time)
{
    // With codes of the usual size, a request stays far below the service's limit.
    private const int MostEvents = 128;

    /// <summary>The answer to no events.</summary>
    private static readonly UploadAnswer Nothing = new() { Time = default, Epoch = "", AcknowledgedThrough = 0, Answers = [] };

    private readonly Queue<Leftover> _left = new(leftovers);
    private int _sent;
    private int _lost;

    public bool HasPending => _left.Count > 0;

    /// <summary>Sends the next events.</summary>
    public async Task<GateReply<UploadAnswer>> UploadAsync(CancellationToken cancellationToken)
    {
        var leftover = _left.Peek();
        var events = leftover.Events.Skip(_sent).Take(MostEvents).ToList();
        var now = time.GetTimestamp();
        var reply = new GateReply<UploadAnswer> { Answer = Nothing, Sent = now, Answered = now };
        if (events.Count > 0)
        {
            var batch = new UploadBatch(leftover.Journal, events[0].Seq, events[^1].Seq, events) { KeptFrom = events[0].Seq };
            reply = await api.UploadAsync(batch, clock.Steady, settings.RequestTimeout, cancellationToken);
            if (reply.Status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge)
            {
                // Sent again, it would be refused again, and a gate that is refused all the time decides alone.
                settings.Report(reply.Problem ?? "");
                _lost += events.Count;
                reply = reply with { Answer = Nothing };
            }
        }
        if (reply.Answer is not { } answer)
        {
            return reply;
        }
        _sent += events.Count;
        _lost += answer.Answers.Count(one => one.Outcome is EventOutcome.Waiting or EventOutcome.Conflict or EventOutcome.Unreadable);
        if (_sent == leftover.Events.Count)
        {
            Finish(leftover);
        }
        return reply;
    }

    private void Finish(Leftover leftover)
    {
        settings.Report($"gate {settings.Gate}: {_sent - _lost} events of the damaged journal {leftover.Journal} were reported, {_lost} "
            + "could not be taken in.");
        (_sent, _lost) = (0, 0);
        _left.Dequeue();
        try
        {
            leftover.Finish();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            settings.Report($"gate {settings.Gate}: a damaged journal that is reported cannot be removed: {error.Message}");
        }
    }
}
