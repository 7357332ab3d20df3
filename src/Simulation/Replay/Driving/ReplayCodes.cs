using System.Collections.Concurrent;
using NodaTime;
using Parking.Simulation.Phones;
using Parking.Simulation.Traces;

namespace Parking.Simulation.Replay.Driving;

/// <summary>The texts that drivers show: codes that the service issues for each of them, and texts that are not valid codes.</summary>
/// <param name="http">Calls the service.</param>
/// <param name="people">Creates the drivers' tokens.</param>
/// <param name="phones">Makes the codes that phones sign themselves.</param>
/// <param name="world">The trace's time.</param>
/// <param name="time">Waits in real time when the service asks for it.</param>
internal sealed class ReplayCodes(HttpClient http, ReplayPeople people, ReplayPhones phones, VirtualTime world, TimeProvider time)
    : IDisposable
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(200);

    private const string Foreign = "https://example.org/parking?ticket=4711";

    private readonly CodeForger _forger = new(1);
    private readonly ConcurrentDictionary<string, VehicleAccount> _accounts = new();
    private readonly ConcurrentDictionary<long, ShownText> _ahead = new();
    private readonly ConcurrentDictionary<(string Driver, Vehicle? Vehicle), ShownText> _last = new();
    private readonly ConcurrentDictionary<string, ShownText> _labelled = new();
    private readonly ConcurrentDictionary<string, int> _references = new();

    /// <summary>
    /// Fetches the code of a line before it is shown: because it must be expired by then, or because the service will be down. A phone that
    /// signs its codes itself is made ready for that.
    /// </summary>
    public async Task MintAheadAsync(long line, TraceScan scan, CancellationToken cancellationToken)
    {
        if (scan is { Signer: CodeSigner.Device, Show: ShownCode.Valid or ShownCode.Damaged })
        {
            await RegisterAsync(scan, cancellationToken);
            await phones.PrepareAsync(scan.Driver, scan.Vehicle?.Plate, cancellationToken);
            return;
        }
        if (scan.Show == ShownCode.Revoked)
        {
            await RegisterAsync(scan, cancellationToken);
            await phones.PrepareRemovedAsync(scan.Driver, scan.Vehicle?.Plate, cancellationToken);
            return;
        }
        if (scan.Show is (ShownCode.Valid or ShownCode.Expired or ShownCode.Damaged) && !_ahead.ContainsKey(line))
        {
            _ahead[line] = await MintAsync(scan, cancellationToken);
        }
    }

    /// <summary>
    /// The phone gets no code after this instant, until after the line. It will show the last one that it has, whatever its age: the one it
    /// gets now, if it has none yet.
    /// </summary>
    public async Task KeepLastAsync(long line, TraceScan scan, CancellationToken cancellationToken)
    {
        if (scan is { Show: ShownCode.Valid, Signer: CodeSigner.Service } && scan.At > world.Now
            && _last.TryGetValue((scan.Driver, scan.Vehicle), out var last))
        {
            _ahead.TryAdd(line, last);
        }
        await MintAheadAsync(line, scan, cancellationToken);
    }

    /// <summary>The text shown by a line.</summary>
    public async Task<ShownText> TakeAsync(long line, TraceScan scan, Instant now, CancellationToken cancellationToken) => scan switch
    {
        { Show: ShownCode.Foreign } => new(Foreign),
        { Show: ShownCode.Forged, Signer: CodeSigner.Device } => new(_forger.ForgeOfDevice(now)),
        { Show: ShownCode.Forged } => new(_forger.Forge(now)),
        { Show: ShownCode.Revoked } => await RevokedAsync(line, scan, cancellationToken),
        { Code: { } label } => await LabelledAsync(label, line, scan, cancellationToken),
        { Show: ShownCode.Damaged } => new(CodeDamage.ChangeSignature((await OwnAsync(line, scan, cancellationToken)).Text)),
        _ => await OwnAsync(line, scan, cancellationToken),
    };

    /// <summary>A scan's code has opened a gate.</summary>
    public void MarkUsed(TraceScan scan)
    {
        if (scan.Signer == CodeSigner.Device)
        {
            phones.MarkUsed(scan.Driver, scan.Vehicle?.Plate);
        }
    }

    /// <summary>Ends the phone of a driver who is about to show a code.</summary>
    /// <returns>Whether that was done.</returns>
    public async Task<bool> EndDeviceAsync(TraceScan next, bool byOthers, CancellationToken cancellationToken)
    {
        await RegisterAsync(next, cancellationToken);
        return await phones.EndAsync(next.Driver, next.Vehicle?.Plate, byOthers, cancellationToken);
    }

    /// <summary>
    /// After the service lost its last writes: registers again all vehicles registered since a time, in the same order. This must happen
    /// before a gate reports one of them.
    /// </summary>
    public async Task ListAgainAsync(Instant since, CancellationToken cancellationToken)
    {
        phones.StoreLost(since);
        await Parallel.ForEachAsync(
            _accounts.Where(account => account.Value.ListedAt >= since), cancellationToken,
            async (account, cancelled) =>
            {
                var phone = new CitizenPhone(http, account.Key, people.TokenOf(account.Key), time);
                await phone.RegisterAsync(account.Value.Listed, cancelled);
            });
    }

    /// <summary>A number for a text. Equal texts have equal numbers.</summary>
    public int ReferenceOf(string text) => _references.GetOrAdd(text, _ => _references.Count + 1);

    public void Dispose()
    {
        foreach (var account in _accounts.Values)
        {
            account.Dispose();
        }
        phones.Dispose();
    }

    private async Task<ShownText> RevokedAsync(long line, TraceScan scan, CancellationToken cancellationToken)
    {
        await MintAheadAsync(line, scan, cancellationToken);
        return new(phones.MintOfRemoved(scan.Driver, scan.Vehicle?.Plate));
    }

    private async Task<ShownText> LabelledAsync(string label, long line, TraceScan scan, CancellationToken cancellationToken) =>
        _labelled.TryGetValue(label, out var text) ? text : _labelled[label] = await OwnAsync(line, scan, cancellationToken);

    private async Task<ShownText> OwnAsync(long line, TraceScan scan, CancellationToken cancellationToken) =>
        _ahead.TryRemove(line, out var text) ? text : await MintAsync(scan, cancellationToken);

    private async Task<ShownText> MintAsync(TraceScan scan, CancellationToken cancellationToken)
    {
        var phone = await RegisterAsync(scan, cancellationToken);
        if (scan.Signer == CodeSigner.Device)
        {
            return await phones.MakeAsync(scan.Driver, scan.Vehicle?.Plate, cancellationToken);
        }
        var code = await phone.FetchAsync(scan.Vehicle?.Plate, cancellationToken);
        while (code.WithoutVehicle)
        {
            // The trace's driver has a code with a vehicle: it waits until the store is back.
            await Task.Delay(AskAgainAfter, time, cancellationToken);
            code = await phone.FetchAsync(scan.Vehicle?.Plate, cancellationToken);
        }
        return _last[(scan.Driver, scan.Vehicle)] = new(code.Code);
    }

    /// <summary>The driver's vehicle must be registered before there are codes for it.</summary>
    private async Task<CitizenPhone> RegisterAsync(TraceScan scan, CancellationToken cancellationToken)
    {
        var phone = new CitizenPhone(http, scan.Driver, people.TokenOf(scan.Driver), time);
        if (scan.Vehicle is not { } vehicle)
        {
            return phone;
        }
        var account = _accounts.GetOrAdd(scan.Driver, _ => new());
        await account.Turn.WaitAsync(cancellationToken);
        try
        {
            if (!account.Listed.Contains(vehicle))
            {
                await phone.RegisterAsync([.. account.Listed, vehicle], cancellationToken);
                account.Listed.Add(vehicle);
                account.ListedAt = world.Now;
            }
        }
        finally
        {
            account.Turn.Release();
        }
        return phone;
    }

    /// <summary>
    /// The vehicles that a driver has registered. Every registration replaces the whole list, so only one runs at a time.
    /// </summary>
    private sealed class VehicleAccount : IDisposable
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public List<Vehicle> Listed { get; } = [];

        /// <summary>The time of the last registration.</summary>
        public Instant ListedAt { get; set; }

        public void Dispose() => Turn.Dispose();
    }
}
