using System.Collections.Concurrent;
using System.Net;
using NodaTime;
using Parking.Optics;
using Parking.Simulation.Clients;
using Parking.Simulation.Phones;
using Parking.Simulation.Replay.Faults;

namespace Parking.Simulation.Replay.Driving;

/// <summary>
/// The phones of the drivers who sign their codes themselves. A phone is linked before its first code is shown, and whenever it has a
/// network it fills up its certificates. Then it needs the service no more. Nobody tells it that the store has lost something: it goes on
/// with what it has until the service refuses to give it more.
/// </summary>
/// <param name="http">Calls the service.</param>
/// <param name="people">Creates the drivers' tokens.</param>
/// <param name="world">The trace's time.</param>
/// <param name="real">Waits in real time when the service asks for it.</param>
/// <param name="profile">The faults of phones.</param>
/// <param name="seed">Determines which phones have them.</param>
/// <param name="recorder">Records the faults.</param>
internal sealed class ReplayPhones(
    HttpClient http, ReplayPeople people, VirtualTime world, TimeProvider real, FaultProfile profile, long seed, ReplayRecorder recorder)
    : IDisposable
{
    /// <summary>A phone with a network fills up its certificates when it has so many left.</summary>
    private const int LowStock = LinkedPhone.FullStock / 2;

    private const int MostDevices = 5;

    private const int MostSecondsWrong = 20 * 60;

    private readonly ConcurrentDictionary<string, DriversPhone> _phones = new();
    private readonly ConcurrentDictionary<(string Driver, string? Plate), LinkedPhone> _removed = new();

    /// <summary>Links the driver's phone and fetches certificates for a vehicle, unless it has some.</summary>
    public Task PrepareAsync(string driver, string? plate, CancellationToken cancellationToken) =>
        OfAsync(driver, phone => ReadyAsync(phone, driver, plate, isNow: false, cancellationToken), cancellationToken);

    /// <summary>Makes a code. Only a phone that is not ready needs the service for it.</summary>
    public async Task<ShownText> MakeAsync(string driver, string? plate, CancellationToken cancellationToken)
    {
        ShownText? made = null;
        await OfAsync(driver, async phone =>
        {
            if (phone.Ended is DeviceEnding.No or DeviceEnding.Told || phone.Phone.StockOf(plate) == 0)
            {
                await ReadyAsync(phone, driver, plate, isNow: true, cancellationToken);
            }
            if (!phone.Phone.Clock.IsKnown)
            {
                throw new ReplayException($"{driver}: the phone does not know the time.");
            }
            made = new ShownText(phone.Phone.Mint(plate).Text, phone.Ended);
            phone.Ended = phone.Ended == DeviceEnding.No ? DeviceEnding.No : DeviceEnding.Told;
        }, cancellationToken);
        return made!;
    }

    /// <summary>Links a phone that its driver removes at once, unless there is one.</summary>
    public async Task PrepareRemovedAsync(string driver, string? plate, CancellationToken cancellationToken)
    {
        if (_removed.TryGetValue((driver, plate), out var removed) && removed.StockOf(plate) > 0)
        {
            return;
        }
        var phone = New(driver, Duration.Zero);
        await phone.LinkAsync(people.TokenOf(driver), cancellationToken);
        await phone.RestockAsync(plate, cancellationToken);
        await phone.RemoveAsync(people.TokenOf(driver), cancellationToken);
        _removed[(driver, plate)] = phone;
    }

    /// <summary>A code of that phone, which does not know that it was removed.</summary>
    public string MintOfRemoved(string driver, string? plate) => _removed[(driver, plate)].Mint(plate).Text;

    /// <summary>The code has opened a gate: the next one has another certificate.</summary>
    public void MarkUsed(string driver, string? plate)
    {
        if (_phones.TryGetValue(driver, out var phone))
        {
            phone.Phone.MarkUsed(plate);
        }
    }

    /// <summary>
    /// Ends the driver's phone: somebody removes it, or links so many others that it is retired. It shows one more code.
    /// </summary>
    /// <returns>Whether that was done; not if the service is away, or the phone has ended before.</returns>
    public async Task<bool> EndAsync(string driver, string? plate, bool byOthers, CancellationToken cancellationToken)
    {
        var isEnded = false;
        await OfAsync(driver, async phone =>
        {
            if (phone.Ended is not (DeviceEnding.No or DeviceEnding.Told))
            {
                return;
            }
            try
            {
                await ReadyAsync(phone, driver, plate, isNow: true, cancellationToken);
                if (byOthers)
                {
                    for (var n = 0; n < MostDevices; n++)
                    {
                        await New(driver, Duration.Zero).LinkAsync(people.TokenOf(driver), cancellationToken);
                    }
                }
                else
                {
                    await phone.Phone.RemoveAsync(people.TokenOf(driver), cancellationToken);
                }
                var ended = byOthers ? DeviceEnding.Retired : DeviceEnding.Removed;
                (phone.Ended, phone.ToldAt, isEnded) = (phone.IsForgotten ? DeviceEnding.Unsure : ended, world.Now, true);
            }
            catch (ServiceRefusedException)
            {
                // Whether it was done is not known.
                phone.Ended = DeviceEnding.Unsure;
            }
        }, cancellationToken);
        return isEnded;
    }

    /// <summary>
    /// The service lost its last writes: what it was told since a time about a phone, its certificates and its end. Certificates that it
    /// does not know are accepted. So it is not sure any more what an end does.
    /// </summary>
    public void StoreLost(Instant since)
    {
        _removed.Clear();
        foreach (var phone in _phones.Values.Where(phone => phone.ToldAt >= since))
        {
            phone.IsForgotten = true;
            phone.Ended = phone.Ended is DeviceEnding.Removed or DeviceEnding.Retired ? DeviceEnding.Unsure : phone.Ended;
        }
    }

    public void Dispose()
    {
        foreach (var phone in _phones.Values)
        {
            phone.Turn.Dispose();
        }
    }

    private async Task OfAsync(string driver, Func<DriversPhone, Task> actAsync, CancellationToken cancellationToken)
    {
        var phone = _phones.GetOrAdd(driver, _ => new(SkewOf(driver)));
        await phone.Turn.WaitAsync(cancellationToken);
        try
        {
            if (phone.Phone is null)
            {
                phone.Phone = New(driver, phone.Skew);
                if (phone.Skew != Duration.Zero)
                {
                    recorder.Add(FaultKind.WrongPhoneClock, world.Now, $"{phone.Skew.TotalSeconds:0} s ahead");
                }
            }
            await actAsync(phone);
        }
        finally
        {
            phone.Turn.Release();
        }
    }

    /// <param name="phone">The phone.</param>
    /// <param name="driver">Its driver.</param>
    /// <param name="plate">The vehicle.</param>
    /// <param name="isNow">Whether a code is needed now. Otherwise one is needed later, when there may be no service.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    private async Task ReadyAsync(DriversPhone phone, string driver, string? plate, bool isNow, CancellationToken cancellationToken)
    {
        if (phone.Ended == DeviceEnding.Told)
        {
            (phone.Phone, phone.IsForgotten, phone.Ended) = (New(driver, phone.Skew), false, DeviceEnding.No);
        }
        var hasEnough = isNow && !IsOffline(driver, phone)
            ? phone.Phone.FreshStockOf(plate) > LowStock
            : phone.Phone.StockOf(plate) > 0;
        if (phone.Phone.Device is not null && hasEnough)
        {
            return;
        }
        try
        {
            if (phone.Phone.Device is null)
            {
                await phone.Phone.LinkAsync(people.TokenOf(driver), cancellationToken);
                phone.ToldAt = world.Now;
            }
            try
            {
                await phone.Phone.RestockAsync(plate, cancellationToken);
            }
            catch (ServiceRefusedException refused) when (refused.Status == HttpStatusCode.Forbidden && phone.IsForgotten)
            {
                // The phone asks its driver to sign in.
                await phone.Phone.LinkAsync(people.TokenOf(driver), cancellationToken);
                await phone.Phone.RestockAsync(plate, cancellationToken);
            }
            phone.ToldAt = world.Now;
        }
        catch (ServiceRefusedException) when (phone.Phone.StockOf(plate) > 0)
        {
            // The phone shows what it has.
        }
    }

    private LinkedPhone New(string driver, Duration skew) => new(http, driver, new GateTime(world) { Skew = skew }, real);

    private Duration SkewOf(string driver)
    {
        var random = new SeededRandom(seed, $"phone clock {driver}", 0);
        return Duration.FromSeconds(
            random.Chance(profile.WrongPhoneClocks) ? random.Below((2 * MostSecondsWrong) + 1) - MostSecondsWrong : 0);
    }

    private bool IsOffline(string driver, DriversPhone phone)
    {
        var hour = (int)(world.Now.ToUnixTimeSeconds() / NodaConstants.SecondsPerHour);
        if (!new SeededRandom(seed, $"phone {driver}", hour).Chance(profile.OfflinePhones))
        {
            return false;
        }
        if (phone.OfflineIn != hour)
        {
            phone.OfflineIn = hour;
            recorder.Add(FaultKind.OfflinePhone, Instant.FromUnixTimeSeconds((hour + 1L) * NodaConstants.SecondsPerHour), null);
        }
        return true;
    }

    private sealed class DriversPhone(Duration skew)
    {
        public SemaphoreSlim Turn { get; } = new(1);

        /// <summary>How far its clock is ahead.</summary>
        public Duration Skew => skew;

        public LinkedPhone Phone { get; set; } = null!;

        /// <summary>The last hour, counted from 1970, in which it was needed and had no network.</summary>
        public int OfflineIn { get; set; }

        /// <summary>Whether the service may have lost what it was told of the phone, or of certificates that the phone still has.</summary>
        public bool IsForgotten { get; set; }

        public DeviceEnding Ended { get; set; }

        /// <summary>When the service was last told something about the phone that it must keep.</summary>
        public Instant ToldAt { get; set; } = Instant.MinValue;
    }
}

/// <summary>A text that a driver shows.</summary>
/// <param name="Text">The text; secret.</param>
/// <param name="Ended">Whether the phone that made it was ended.</param>
internal sealed record ShownText(string Text, DeviceEnding Ended = DeviceEnding.No);

/// <summary>Whether a driver's phone is still one of the driver's devices.</summary>
internal enum DeviceEnding
{
    /// <summary>It is.</summary>
    No,

    /// <summary>It was removed, and its driver does not know yet.</summary>
    Removed,

    /// <summary>Others have replaced it, and its driver does not know yet.</summary>
    Retired,

    /// <summary>It was ended, but the service may have forgotten that, or the phone, or never heard of it.</summary>
    Unsure,

    /// <summary>It has shown a code since, so its driver knows, and links it again.</summary>
    Told,
}
