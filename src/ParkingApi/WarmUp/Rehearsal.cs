using System.Security.Cryptography;
using System.Text.Json;
using NodaTime;
using Parking.Accounts;
using Parking.Admission;
using Parking.Api.Commands;
using Parking.Api.Devices;
using Parking.Api.Gates;
using Parking.Api.Hosting.Identity;
using Parking.Api.Logbook;
using Parking.Api.Occupancy;
using Parking.Api.Stays;
using Parking.Api.Vehicles;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Stores;

namespace Parking.Api.WarmUp;

/// <summary>
/// An entry and an exit of an invented driver, by the service's own classes, on a store and with keys that are thrown away. It has no
/// effect but that all the code of a scan has run once.
/// </summary>
internal sealed class Rehearsal(CityDirectory city, TimeProvider time)
{
    private static readonly JournalId Journal = new(1);

    /// <summary>Lets the invented driver in and out at a facility with a price, if the city has one.</summary>
    /// <param name="folder">An empty folder for the store.</param>
    public async Task RunAsync(string folder)
    {
        await using var services = Services(Path.Combine(folder, "rehearsal.db"));
        var (holders, admission) = (services.GetRequiredService<HolderRegistry>(), services.GetRequiredService<EventAdmission>());
        var keys = services.GetRequiredService<CodeKeys>();
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        keys.Use(new(KeyRing.Found(SigningKey.Create(), now), now));

        var holder = await holders.FindOrAddAsync(new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))));
        await holders.LoadAccountAsync(holder);
        var facility = city.Facilities.FirstOrDefault(one => one.Tariff is not null) ?? city.Facilities[0];
        foreach (var direction in new[] { GateDirection.Entry, GateDirection.Exit })
        {
            var gate = city.Gates.First(one => one.Facility.Id == facility.Id && one.Direction == direction);
            var code = keys.Current.Minter.Mint(holder, VehicleSlot.None, now);
            var scan = new ReportedScan { Seq = 1, DeviceTime = now, Code = code.Text };
            var handled = await admission.HandleAsync(gate, Journal, new(scan.Seq, scan, default, Error: null));
            JsonSerializer.SerializeToUtf8Bytes(handled.ToAnswer(scan.Seq), GateProtocolJson.Options);
        }
    }

    private ServiceProvider Services(string file)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton(city);
        services.AddSingleton(time);
        services.AddSingleton<IClock>(NodaTime.Extensions.TimeProviderExtensions.ToClock(time));
        services.Configure<SecretsOptions>(options => (options.CitizenKey, options.StayKey) = (Secret(), Secret()));
        services.AddSingleton<ServiceSecrets>();
        services.AddSingleton<CodeKeys>();
        services.AddLiveStore(file, isSimulation: true, secretsOf: _ => []);
        services.AddVehicles();
        services.AddDevices();
        services.AddStays();
        services.AddGates();
        services.AddCommands();
        services.AddOccupancy();
        services.AddLogbook();
        return services.BuildServiceProvider();
    }

    private static string Secret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretsOptions.KeySize));
}
