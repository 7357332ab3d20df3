using System.Collections.Concurrent;
using NodaTime;
using Parking.Optics;
using Parking.Simulation.Clients;
using Parking.Simulation.Phones;
using Parking.Simulation.Replay.Faults;

namespace Parking.Simulation.Replay.Driving;

/// <summary>
/// The phones of the drivers who sign their codes themselves. A phone is linked before its first code is shown, and whenever it has a
/// network it fills up its certificates. Then it needs the service no more.
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
    /// Ends the driver's phone: somebody removes it, or links so many others that it is retired. The code that it shows next is refused.
    /// </summary>
    /// <returns>Whether that was done; not if the service is away.</returns>
    public async Task<bool> EndAsync(string driver, string? plate, bool byOthers, CancellationToken cancellationToken)
    {
        var isEnded = false;
        await OfAsync(driver, async phone =>
        {
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
                (phone.Ended, phone.ChangedAt, isEnded) = (DeviceEnding.Yes, world.Now, true);
            }
            catch (ServiceRefusedException)
            {
                // Whether it was done is not known.
                (phone.Ended, phone.ChangedAt) = (DeviceEnding.Unsure, world.Now);
            }
        }, cancellationToken);
        return isEnded;
    }

    /// <summary>
    /// After the service lost its last writes, phones that were linked since a time must be linked again, and whether one is still ended is
    /// not sure. They notice it when they next have a network.
    /// </summary>
    public void LinkAgain(Instant since)
    {
        _removed.Clear();
        foreach (var phone in _phones.Values.Where(phone => phone.ChangedAt >= since))
        {
            phone.IsLinked = false;
            phone.Ended = phone.Ended == DeviceEnding.Yes ? DeviceEnding.Unsure : phone.Ended;
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
            (phone.Phone, phone.IsLinked, phone.Ended) = (New(driver, phone.Skew), false, DeviceEnding.No);
        }
        var hasEnough = isNow && !IsOffline(driver, phone)
            ? phone.Phone.FreshStockOf(plate) > LowStock
            : phone.Phone.StockOf(plate) > 0;
        if (phone.IsLinked && hasEnough)
        {
            return;
        }
        try
        {
            if (!phone.IsLinked)
            {
                await phone.Phone.LinkAsync(people.TokenOf(driver), cancellationToken);
                (phone.IsLinked, phone.ChangedAt) = (true, world.Now);
            }
            await phone.Phone.RestockAsync(plate, cancellationToken);
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

        /// <summary>Whether the service knows it, as far as the phone can know.</summary>
        public bool IsLinked { get; set; }

        public DeviceEnding Ended { get; set; }

        /// <summary>When the service was last told something about the phone that it must keep.</summary>
        public Instant ChangedAt { get; set; } = Instant.MinValue;
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

    /// <summary>It is not, and its driver does not know yet.</summary>
    Yes,

    /// <summary>It was ended, but the service may have forgotten that or never heard of it.</summary>
    Unsure,

    /// <summary>It has shown a code since, so its driver knows, and links it again.</summary>
    Told,
}
