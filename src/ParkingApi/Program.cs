using Parking.Api.Alarms;
using Parking.Api.Archive;
using Parking.Api.Audit;
using Parking.Api.Cases;
using Parking.Api.Codes;
using Parking.Api.Commands;
using Parking.Api.Devices;
using Parking.Api.Drivers;
using Parking.Api.Facilities;
using Parking.Api.Gates;
using Parking.Api.Hosting.Browsers;
using Parking.Api.Hosting.Files;
using Parking.Api.Hosting.Health;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Limits;
using Parking.Api.Hosting.Metrics;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Api.Hosting.Start;
using Parking.Api.Hosting;
using Parking.Api.Inventories;
using Parking.Api.Logbook;
using Parking.Api.Monitoring;
using Parking.Api.Occupancy;
using Parking.Api.PersonalData;
using Parking.Api.Recording;
using Parking.Api.Sessions;
using Parking.Api.Simulation;
using Parking.Api.Stays;
using Parking.Api.Tariffs;
using Parking.Api.Use;
using Parking.Api.Vehicles;
using Parking.Api.WarmUp;
using Parking.BackOffice;
using Parking.Stores;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.UseStartErrors();
    if (AuditProgram.IsAsked(args))
    {
        builder.Logging.ClearProviders();
    }

    var folder = DataFolder.Open(builder.Configuration, builder.Environment);
    SimulationCheck.Check(builder.Configuration, builder.Environment, folder);
    var city = builder.AddCity();
    if (builder.Environment.IsDevelopment() || builder.Environment.IsSimulation())
    {
        DevelopmentSecrets.Add(builder.Configuration, builder.Environment, folder, city);
    }

    var hasPages = PageOptions.AreOn(builder.Configuration, builder.Environment);

    // The base of all features
    builder.AddServer();
    builder.AddParkingMetrics();
    builder.Services.AddSettingsCheck();
    builder.Services.AddSingleton(folder);
    builder.Services.AddClock();
    builder.Services.AddProblems();
    builder.Services.AddIdentity(hasPages);
    builder.Services.AddRateLimits();
    builder.Services.AddHealth();
    builder.Services.AddApiDescription();
    if (builder.Environment.IsSimulation())
    {
        builder.AddSimulation(folder);
    }

    // The features
    builder.Services.AddLiveStore(
        folder.PathOf("parking.db"),
        builder.Environment.IsSimulation(),
        provider => provider.GetRequiredService<ServiceSecrets>().Checks);
    builder.Services.AddBackOffice(folder.PathOf(DataFolder.BackOfficeFile), builder.Environment.IsSimulation());
    builder.Services.AddVehicles();
    builder.Services.AddDevices();
    builder.Services.AddCodes();
    builder.Services.AddStays();
    builder.Services.AddInventories();
    builder.Services.AddPersonalData();
    builder.Services.AddGates();
    builder.Services.AddCommands();
    builder.Services.AddOccupancy();
    builder.Services.AddAlarms();
    builder.Services.AddLogbook();
    builder.Services.AddTariffs();
    builder.Services.AddRecording();
    builder.Services.AddDrivers();

    // Settling runs background work in this order: the drain takes over what the sweep completes, and days are computed of that.
    builder.Services.AddArchive();
    builder.Services.AddCases();
    builder.Services.AddUse();
    builder.Services.AddAudit();
    if (hasPages)
    {
        builder.AddBrowsers(city);
        builder.Services.AddSingleton<LogoutTokens>();
    }

    builder.Services.AddHostedService<StateMetrics>();

    // After all that it makes warm.
    builder.Services.AddWarmUp();

    var app = builder.Build();
    if (AuditProgram.IsAsked(args))
    {
        await using (app)
        {
            return await AuditProgram.RunAsync(args, app.Services, Console.Out, Console.Error);
        }
    }

    app.CheckSettings();
    await app.OpenStoreAsync();
    app.EndWhenStarted();
    if (app.Environment.IsSimulation())
    {
        app.UseSimulationDate();
    }

    app.UseWarmUp();
    app.UseHead(PeopleTokens.HubPath, RecordingEndpoints.Path);
    app.UseProblems(PeopleTokens.HubPath);
    app.UseRouting();
    if (hasPages)
    {
        app.UseMiddleware<PageHostGuard>();
    }

    app.UseAuthentication();
    if (hasPages)
    {
        app.UseMiddleware<BrowserGuard>();
    }

    app.UseMiddleware<SignInGuard>();
    app.UseAuthorization();
    if (app.Environment.IsSimulation())
    {
        app.UseSimulation();
    }

    app.UseRateLimiter();

    // People
    app.MapCodes();
    app.MapVehicles();
    app.MapSharing();
    app.MapDevices();
    app.MapCertificates();
    app.MapStays();
    app.MapPersonalData();
    app.MapDisputes();
    app.MapDrivers();

    // Gates
    app.MapEvents();
    app.MapFeeds();
    app.MapGateCommands();

    // Operators
    app.MapOccupancy();
    app.MapGateLists();
    app.MapCommands();
    app.MapFacilityStates();
    app.MapFacilityDays();
    app.MapInventories();
    app.MapLogbook();
    app.MapArchive();
    app.MapMyArchive();
    app.MapCases();
    app.MapUse();
    app.MapAlarms();
    app.MapAudit();
    app.MapRecording();
    app.MapKeyRevocation();
    app.MapWithdrawals();

    // Everybody
    app.MapFacilities();
    app.MapTariffs();
    app.MapPublishedKeys();
    app.MapHealth();
    app.MapParkingMetrics();
    app.MapApiDescription();
    if (app.Environment.IsSimulation())
    {
        app.MapSimulation();
    }

    if (hasPages)
    {
        app.MapSessions();
        app.MapScreens();
        app.MapBackChannelLogout();
        app.MapBrowsers();
    }

    await app.RunAsync();
    return 0;
}
catch (Exception e) when (StartErrors.IsOwnProcess && StartErrors.TryExplain(e))
{
    return AuditProgram.IsAsked(args) ? AuditProgram.NotVerified : StartErrors.ExitCode;
}
