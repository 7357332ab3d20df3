using System.Collections.Concurrent;
using NodaTime;
using Parking.Simulation.Phones;
using Parking.Simulation.Traces;

namespace Parking.Simulation.Replay.Driving;

/// <summary>The texts that drivers show: codes that the service issues for each of them, and texts that are not valid codes.</summary>
/// <param name="http">Calls the service.</param>
/// <param name="people">Creates the drivers' tokens.</param>
/// <param name="world">The trace's time.</param>
/// <param name="time">Waits in real time when the service asks for it.</param>
internal sealed class ReplayCodes(HttpClient http, ReplayPeople people, VirtualTime world, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(200);

    private const string Foreign = "https://example.org/parking?ticket=4711";

    private readonly CodeForger _forger = new(1);
    private readonly ConcurrentDictionary<string, VehicleAccount> _accounts = new();
    private readonly ConcurrentDictionary<long, string> _ahead = new();
    private readonly ConcurrentDictionary<(string Driver, Vehicle? Vehicle), string> _last = new();
    private readonly ConcurrentDictionary<string, string> _labelled = new();
    private readonly ConcurrentDictionary<string, int> _references = new();

    /// <summary>
    /// Fetches the code of a line before it is shown: because it must be expired by then, or because the service will be down.
    /// </summary>
    public async Task MintAheadAsync(long line, TraceScan scan, CancellationToken cancellationToken)
    {
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
        if (scan.Show == ShownCode.Valid && scan.At > world.Now && _last.TryGetValue((scan.Driver, scan.Vehicle), out var last))
        {
            _ahead.TryAdd(line, last);
        }
        await MintAheadAsync(line, scan, cancellationToken);
    }

    /// <summary>The text shown by a line.</summary>
    public async Task<string> TakeAsync(long line, TraceScan scan, Instant now, CancellationToken cancellationToken) => scan switch
    {
        { Show: ShownCode.Foreign } => Foreign,
        { Show: ShownCode.Forged } => _forger.Forge(now),
        { Code: { } label } => await LabelledAsync(label, line, scan, cancellationToken),
        { Show: ShownCode.Damaged } => CodeDamage.ChangeSignature(await OwnAsync(line, scan, cancellationToken)),
        _ => await OwnAsync(line, scan, cancellationToken),
    };

    /// <summary>
    /// After the service lost its last writes: registers again all vehicles registered since a time, in the same order. This must happen
    /// before a gate reports one of them.
    /// </summary>
    public Task ListAgainAsync(Instant since, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        _accounts.Where(account => account.Value.ListedAt >= since), cancellationToken,
        async (account, cancelled) =>
            await new CitizenPhone(http, account.Key, people.TokenOf(account.Key), time).RegisterAsync(account.Value.Listed, cancelled));

    /// <summary>A number for a text. Equal texts have equal numbers.</summary>
    public int ReferenceOf(string text) => _references.GetOrAdd(text, _ => _references.Count + 1);

    public void Dispose()
    {
        foreach (var account in _accounts.Values)
        {
            account.Dispose();
        }
    }

    private async Task<string> LabelledAsync(string label, long line, TraceScan scan, CancellationToken cancellationToken) =>
        _labelled.TryGetValue(label, out var text) ? text : _labelled[label] = await OwnAsync(line, scan, cancellationToken);

    private async Task<string> OwnAsync(long line, TraceScan scan, CancellationToken cancellationToken) =>
        _ahead.TryRemove(line, out var text) ? text : await MintAsync(scan, cancellationToken);

    private async Task<string> MintAsync(TraceScan scan, CancellationToken cancellationToken)
    {
        var phone = new CitizenPhone(http, scan.Driver, people.TokenOf(scan.Driver), time);
        if (scan.Vehicle is { } vehicle)
        {
            await RegisterAsync(phone, scan.Driver, vehicle, cancellationToken);
        }
        var code = await phone.FetchAsync(scan.Vehicle?.Plate, cancellationToken);
        while (code.WithoutVehicle)
        {
            // The trace's driver has a code with a vehicle: it waits until the store is back.
            await Task.Delay(AskAgainAfter, time, cancellationToken);
            code = await phone.FetchAsync(scan.Vehicle?.Plate, cancellationToken);
        }
        return _last[(scan.Driver, scan.Vehicle)] = code.Code;
    }

    private async Task RegisterAsync(CitizenPhone phone, string driver, Vehicle vehicle, CancellationToken cancellationToken)
    {
        var account = _accounts.GetOrAdd(driver, _ => new());
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
