namespace Parking.GateProgram;

/// <summary>The list of revoked certificates. Whether it can be read changes nothing for other drivers.</summary>
internal sealed partial class GateService
{
    /// <summary>Reads on in the list until its end, and keeps what was read, also if the service answers no more in the middle.</summary>
    private async Task ReadRevocationsAsync(CancellationToken cancellationToken)
    {
        _timetable.ReadNoRevocations();
        var hasMore = true;
        while (hasMore)
        {
            var reply = await _api.ReadRevocationsAsync(_revocations.Through, _settings.RequestTimeout, cancellationToken);
            hasMore = reply.Answer is { } part && _revocations.Take(part);
            if (reply.Answer is null)
            {
                _timetable.ReadRevocationsIn(RetryAfterOf(reply.Status, reply.RetryAfter) ?? Heartbeat);
                NoteFailure(reply);
            }
        }
        if (_revocations.Store(_clock.Now) is { } fault)
        {
            Report($"the list of revoked certificates cannot be kept on the disk: {fault}");
        }
    }
}
