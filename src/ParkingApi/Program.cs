using Parking.Api.Codes;
using Parking.Api.Facilities;
using Parking.Api.Gates;
using Parking.Api.Holders;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Files;
using Parking.Api.Hosting.Health;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Limits;
using Parking.Api.Hosting.Metrics;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Api.LiveStore;
using Parking.Api.Occupancy;
using Parking.Api.Stays;
using Parking.Api.Tariffs;

var builder = WebApplication.CreateBuilder(args);
var folder = DataFolder.Open(builder.Configuration, builder.Environment);
var city = builder.AddCity();
if (builder.Environment.IsDevelopment())
{
    DevelopmentSecrets.Add(builder.Configuration, folder, city);
}

// What every feature stands on
builder.AddServer();
builder.AddParkingMetrics();
builder.Services.AddSingleton(folder);
builder.Services.AddClock();
builder.Services.AddProblems();
builder.Services.AddIdentity();
builder.Services.AddRateLimits();
builder.Services.AddHealth();
builder.Services.AddApiDescription();

// The features
builder.Services.AddLiveStore();
builder.Services.AddHolders();
builder.Services.AddCodes();
builder.Services.AddStays();
builder.Services.AddOccupancy();
builder.Services.AddTariffs();

var app = builder.Build();
app.CheckSettings();
app.UseProblems();
app.UseAuthentication();
app.UseAuthorization();
app.UseRateLimiter();

// People
app.MapCodes();
app.MapVehicles();
app.MapStays();

// Gates
app.MapScans();

// Operators
app.MapOccupancy();

// Everybody
app.MapFacilities();
app.MapTariffs();
app.MapPublishedKeys();
app.MapHealth();
app.MapApiDescription();

await app.RunAsync();
