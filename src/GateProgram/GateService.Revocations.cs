using Parking.Codes.Devices;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>
/// The list of revoked certificates. Whether it can be read changes nothing for other drivers: a list that does not come is no sign that
/// the service is away.
/// </summary>
internal sealed partial class GateService
{
    /// <summary>
    /// Whether an entry refuses a code without asking: what was revoked once stays so, also if the service's store has lost it
    /// meanwhile. An exit asks: the service knows who was removed, and who is only no guest any more.
    /// </summary>
    public bool IsRevoked(string code) =>
        Direction == GateDirection.Entry
        && code.StartsWith(DeviceCodeFormat.Prefix, StringComparison.Ordinal)
        && Check(code) is { IsAccepted: true } check
        && _revocations.Have(check);

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
                var told = RetryAfterOf(reply.Status, reply.RetryAfter) ?? TimeSpan.Zero;
                _timetable.ReadRevocationsIn(told > Heartbeat ? told : Heartbeat);
            }
        }
        if (_revocations.Store(_clock.Now) is { } fault)
        {
            Report($"the list of revoked certificates cannot be kept on the disk: {fault}");
        }
    }
}
