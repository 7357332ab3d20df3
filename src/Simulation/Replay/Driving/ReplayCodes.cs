using System.Collections.Concurrent;
using NodaTime;
using Parking.Simulation.Phones;
using Parking.Simulation.Traces;

namespace Parking.Simulation.Replay.Driving;

/// <summary>What drivers show: codes minted by the service for each, and things that are none.</summary>
/// <param name="http">Reaches the service.</param>
/// <param name="people">Makes their tokens.</param>
/// <param name="world">The trace's time.</param>
/// <param name="time">Waits, in real time, where the service asks for patience.</param>
internal sealed class ReplayCodes(HttpClient http, ReplayPeople people, VirtualTime world, TimeProvider time) : IDisposable
{
    private const string Foreign = "https://example.org/parking?ticket=4711";

    private readonly CodeForger _forger = new(1);
    private readonly ConcurrentDictionary<string, VehicleAccount> _accounts = new();
    private readonly ConcurrentDictionary<long, string> _ahead = new();
    private readonly ConcurrentDictionary<string, string> _labelled = new();
    private readonly ConcurrentDictionary<string, int> _references = new();

    /// <summary>Mints what a line will show, before its time: for an expired code, or before the service goes away.</summary>
    public async Task MintAheadAsync(long line, TraceScan scan, CancellationToken cancellationToken)
    {
        if (scan.Show is (ShownCode.Valid or ShownCode.Expired or ShownCode.Damaged) && !_ahead.ContainsKey(line))
        {
            _ahead[line] = await MintAsync(scan, cancellationToken);
        }
    }

    /// <summary>The text that a line shows.</summary>
    public async Task<string> TakeAsync(long line, TraceScan scan, Instant now, CancellationToken cancellationToken) => scan switch
    {
        { Show: ShownCode.Foreign } => Foreign,
        { Show: ShownCode.Forged } => _forger.Forge(now),
        { Code: { } label } => await LabelledAsync(label, line, scan, cancellationToken),
        { Show: ShownCode.Damaged } => CodeDamage.ChangeSignature(await OwnAsync(line, scan, cancellationToken)),
        _ => await OwnAsync(line, scan, cancellationToken),
    };

    /// <summary>
    /// The service has forgotten what it was told since then: vehicles that were listed are listed again, in the same order, before a gate
    /// reports one of them.
    /// </summary>
    public Task ListAgainAsync(Instant since, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        _accounts.Where(account => account.Value.ListedAt >= since), cancellationToken,
        async (account, cancelled) =>
            await new CitizenPhone(http, account.Key, people.TokenOf(account.Key), time).RegisterAsync(account.Value.Listed, cancelled));

    /// <summary>A number that is the same for the same text.</summary>
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
        return (await phone.FetchAsync(scan.Vehicle?.Plate, cancellationToken)).Code;
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

    /// <summary>What the service knows of a driver's vehicles. One change at a time: each names all of them.</summary>
    private sealed class VehicleAccount : IDisposable
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public List<Vehicle> Listed { get; } = [];

        /// <summary>When the last of them was listed.</summary>
        public Instant ListedAt { get; set; }

        public void Dispose() => Turn.Dispose();
    }
}
