using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Parking.Admission;
using Parking.Api.Tests.Gates;
using Parking.Api.Tests.Infrastructure;
using Parking.Codes;
using Parking.Contracts;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Logbook;
using Parking.Ports;
using Parking.Stays;
using InventoryEffect = Parking.Contracts.InventoryEffect;

namespace Parking.Api.Tests.Inventories;

/// <summary>What happened since the count, or since an inventory was begun.</summary>
public sealed partial class InventoryEndpointTests
{
    /// <summary>
    /// The service dies after the first of two stays. When it is asked again, a day has passed, the other vehicle has left, and a gate has
    /// fallen silent.
    /// </summary>
    [Fact]
    public async Task InventoryThatWasCutShort_IsFinishedByTheSameAgain_WhateverHappenedSince()
    {
        var (ghost, other) = (await ParkAsync("alice-000001", 1), await ParkAsync("bob-000002", 2));
        _app.Time.Advance(TimeSpan.FromMinutes(30));
        var inventory = await PreparedAsync(new() { CountedAt = Now, Count = 5, Closes = [ghost, other] });
        await CutShortAsync(inventory, step: 3);
        await _app.DriveAsync("hsp-out-1", "bob-000002", 1);
        await _app.BeatAsync("hsp-in-1", lastSeq: 9);
        _app.Time.Advance(TimeSpan.FromHours(20));

        using var otherContent = await PostAsync(inventory with { Count = 6 });
        var taken = await TakeAsync(inventory);
        await TakeAsync(inventory);

        Assert.Equal(HttpStatusCode.BadRequest, otherContent.StatusCode);
        Assert.Equal([InventoryEffect.Closes, InventoryEffect.HasEnded], taken.Stays.Select(stay => stay.Effect));
        Assert.Equal((0, 5), (taken.Occupied, taken.Shown));
        Assert.Single(_app.Log.Lines, line => line.Contains("InventoryTaken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task InventoryThatWasCutShort_OfWhichOnlyTheCountWasRecorded_IsFinishedByTheSameAgain()
    {
        var ghost = await ParkAsync("alice-000001", 1);
        _app.Time.Advance(TimeSpan.FromMinutes(30));
        var inventory = await PreparedAsync(new() { CountedAt = Now, Count = 5, Closes = [ghost] });
        await CutShortAsync(inventory, step: 1);
        _app.Time.Advance(TimeSpan.FromHours(20));

        var taken = await TakeAsync(inventory);

        Assert.Equal((0, 5), (taken.Occupied, taken.Shown));
        Assert.Equal(InventoryEffect.Closes, Assert.Single(taken.Stays).Effect);
    }

    [Fact]
    public async Task CountThatIsNotLaterThanTheLastOne_IsRefused_AndItsStaysCanBeClosedWithoutIt()
    {
        var ghost = await ParkAsync("alice-000001", 1);
        _app.Time.Advance(TimeSpan.FromMinutes(20));
        var earlier = await PreparedAsync(new() { CountedAt = Now, Count = 9, Closes = [ghost] });
        _app.Time.Advance(TimeSpan.FromMinutes(10));
        var last = new InventoryPreviewRequest { CountedAt = Now, Count = 5 };
        await TakeAsync(await PreparedAsync(last));

        foreach (var outdated in new[] { Asked(earlier), last })
        {
            using var preview = await _operator.PostAsJsonAsync(PreviewPath, outdated, ContractJson.Options, Cancellation);
            await ProblemAssert.IsAsync(preview, HttpStatusCode.Conflict, "inventory-outdated");
        }

        using var refused = await PostAsync(earlier with { Despite = ["hsp-in-1", "hsp-out-1"] });
        await ProblemAssert.IsAsync(refused, HttpStatusCode.Conflict, "inventory-outdated");
        _app.Time.Advance(TimeSpan.FromSeconds(1));
        var withoutIt = await TakeAsync(await PreparedAsync(Asked(earlier) with { Count = null }));
        Assert.Equal((0, 4), (withoutIt.Occupied, withoutIt.Shown));
    }

    [Fact]
    public async Task VehicleThatBackedOut_IsNoPassage()
    {
        await ParkAsync("alice-000001", 1);
        await DrainAsync();
        var before = await PreviewAsync(new() { CountedAt = Now, Count = 5 });
        await _app.UploadAsync("hsp-in-1", new ReportedAct { Seq = 2, DeviceTime = Now, Act = BarrierAct.BackedOut, Scan = 1 });
        await DrainAsync();

        var after = await PreviewAsync(new() { CountedAt = Now, Count = 5 });

        Assert.Equal((1, 0), (before.Passages, after.Passages));
    }

    /// <summary>
    /// Records an inventory by a process that dies at a step. The steps are: bound, counted, then for each stay bound and closed.
    /// </summary>
    private async Task CutShortAsync(InventoryRequest inventory, int step)
    {
        var store = new CrashingStore(Service<ILiveStore>());
        var clock = Service<IClock>();
        var events = new FacilityEvents(store, new FacilityLogbook(store, store, clock), clock);
        var handler = new InventoryHandler(store, store, Service<StayNames>(), Service<SpaceAudit>(), events, clock);
        var inventories = new OperatorInventories(handler, events, store, store, Service<FacilityLogbook>(), Service<StayNames>());

        store.CrashAt(step, isCarriedOut: true);
        await Assert.ThrowsAsync<CrashException>(() => inventories.RecordAsync(new(
            Service<CityDirectory>().FindFacility(new("hsp"))!,
            CommandId.Parse(inventory.Id),
            inventory.CountedAt,
            inventory.Count,
            [.. (inventory.Closes ?? []).Select(name => CodeId.Parse(name))])));
    }

    private T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();
}
