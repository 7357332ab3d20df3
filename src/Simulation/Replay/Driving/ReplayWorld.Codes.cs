using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Traces;

namespace Parking.Simulation.Replay.Driving;

/// <summary>What is done about the codes of lines that have not happened yet.</summary>
internal sealed partial class ReplayWorld
{
    /// <summary>Fetches all codes that will be shown until a time, because the service will be down.</summary>
    public Task MintAheadAsync(Instant until, CancellationToken cancellationToken) =>
        PrepareAsync(until, codes.MintAheadAsync, cancellationToken);

    /// <summary>Until a time, phones show the last codes that they have, because the service will be down for long.</summary>
    public Task KeepLastCodesAsync(Instant until, CancellationToken cancellationToken) =>
        PrepareAsync(until, codes.KeepLastAsync, cancellationToken);

    private Task PrepareAsync(
        Instant until, Func<long, TraceScan, CancellationToken, Task> prepareAsync,
        CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Upcoming.Where(line => line.Value.At <= until + (line.Value is TraceScan { Show: ShownCode.Expired } ? ExpiredAge : Duration.Zero))
            .ToList(), cancellationToken,
        async (line, cancelled) =>
        {
            if (line.Value is TraceScan scan)
            {
                await prepareAsync(line.Key, scan, cancelled);
            }
        });

    /// <summary>Ends the phone of the driver who is the next to show a code that a phone signs.</summary>
    /// <param name="byOthers">Whether the driver links other phones instead of removing this one.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>Whether that was done.</returns>
    public async Task<bool> EndDeviceAsync(bool byOthers, CancellationToken cancellationToken)
    {
        var next = Upcoming.OrderBy(line => line.Value.At).ThenBy(line => line.Key).Select(line => line.Value).OfType<TraceScan>()
            .Where(scan => scan.At > time.Now).DistinctBy(scan => scan.Driver)
            .FirstOrDefault(scan => scan is { Signer: CodeSigner.Device, Show: ShownCode.Valid, Code: null });
        return next is not null && await codes.EndDeviceAsync(next, byOthers, cancellationToken);
    }

    /// <summary>
    /// What a service must decide that lost nothing. A phone that others have replaced still opens exits; one that was removed opens
    /// nothing.
    /// </summary>
    private static ScanReason? ExpectedOf(TraceScan scan, GateDirection direction, DeviceEnding ended) =>
        ended == DeviceEnding.Removed || (ended == DeviceEnding.Retired && direction == GateDirection.Entry)
            ? ScanReason.DeviceRevoked
            : scan.Expect;
}
