using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Parking.Api.Archive;
using Parking.Api.Tests.Commands;
using Parking.Api.Tests.Infrastructure;
using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Inventories;

/// <summary>An operator walks through a facility, counts, and says whose vehicles are not there.</summary>
public sealed partial class InventoryEndpointTests : IDisposable
{
    private const string Path = "/v1/facilities/hsp/inventories", PreviewPath = $"{Path}/preview";

    private readonly ParkingApplication _app = new();
    private readonly HttpClient _operator;

    public InventoryEndpointTests() => _operator = _app.OperatorClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Instant Now => Instant.FromDateTimeOffset(_app.Time.GetUtcNow());

    public void Dispose()
    {
        _operator.Dispose();
        _app.Dispose();
    }

    [Fact]
    public async Task Preview_TellsWhatWouldChange_AndChangesNothing()
    {
        var (ghost, left) = (await ParkAsync("alice-000001", 1), await ParkAsync("bob-000002", 2));
        _app.Time.Advance(TimeSpan.FromMinutes(30));
        await _app.DriveAsync("hsp-out-1", "bob-000002", 1);
        await DrainAsync();
        var countedAt = Now;

        var preview = await PreviewAsync(new() { CountedAt = countedAt, Count = 5, Closes = [ghost, left] });
        var again = await PreviewAsync(new() { CountedAt = countedAt, Count = 5, Closes = [ghost, left] });

        Assert.Equal((1, 1, 5), (preview.Occupied, preview.Shown, preview.ShownAfter));
        Assert.Equal([InventoryEffect.Closes, InventoryEffect.HasEnded], preview.Stays.Select(stay => stay.Effect));
        Assert.Equal(
            (ghost, "hsp-in-1", Now - Duration.FromMinutes(30), (Instant?)null),
            (preview.Stays[0].Id, preview.Stays[0].Gate, preview.Stays[0].EnteredAt, preview.Stays[0].EndedAt));
        Assert.Equal((1, countedAt - Duration.FromMinutes(2)), (preview.Passages, preview.PassagesSince));
        Assert.Equal(preview.Version, again.Version);
        Assert.Equal(1, (await _app.OccupancyOfAsync("hsp")).GetProperty("shown").GetInt32());
    }

    [Fact]
    public async Task Inventory_ClosesWhatWasNotFound_AndItsCountIsShown()
    {
        var (ghost, _) = (await ParkAsync("alice-000001", 1), await ParkAsync("bob-000002", 2));
        _app.Time.Advance(TimeSpan.FromMinutes(30));
        var inventory = await PreparedAsync(new() { CountedAt = Now, Count = 5, Closes = [ghost] });
        _app.Time.Advance(TimeSpan.FromMinutes(1));

        var taken = await TakeAsync(inventory);

        Assert.Equal((1, 5), (taken.Occupied, taken.Shown));
        var stay = Assert.Single(taken.Stays);
        Assert.Equal((InventoryEffect.Closes, inventory.CountedAt, StayState.Uncollectable), (stay.Effect, stay.EndedAt, stay.State));
        var occupancy = await _app.OccupancyOfAsync("hsp");
        Assert.Equal((5, 4), (occupancy.GetProperty("shown").GetInt32(), occupancy.GetProperty("correction").GetInt32()));
        var entry = Assert.Single((await _app.AskAsync("/v1/facilities/hsp/log")).GetProperty("entries").EnumerateArray());
        Assert.Equal(("counted", 5, 1), (
            entry.GetProperty("kind").GetString(), entry.GetProperty("count").GetInt32(), entry.GetProperty("openStays").GetInt32()));
        Assert.Contains(_app.Log.Lines, line => line.Contains("InventoryTaken", StringComparison.Ordinal));
        Assert.DoesNotContain(_app.Log.Lines, line => line.Contains(inventory.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Inventory_WithoutACount_TakesTheClosedStaysFromTheNumber()
    {
        var (ghost, _) = (await ParkAsync("alice-000001", 1), await ParkAsync("bob-000002", 2));
        _app.Time.Advance(TimeSpan.FromMinutes(30));
        var asked = new InventoryPreviewRequest { CountedAt = Now, Closes = [ghost] };

        var preview = await PreviewAsync(asked);
        var taken = await TakeAsync(await PreparedAsync(asked));

        Assert.Equal((2, 1), (preview.Shown, preview.ShownAfter));
        Assert.Equal((1, 1), (taken.Occupied, taken.Shown));
        Assert.Empty((await _app.AskAsync("/v1/facilities/hsp/log")).GetProperty("entries").EnumerateArray());
    }

    [Fact]
    public async Task SameInventoryAgain_ChangesNothing_WhateverHappenedSince_AndAnotherOfItsNameIsRefused()
    {
        var ghost = await ParkAsync("alice-000001", 1);
        _app.Time.Advance(TimeSpan.FromMinutes(30));
        var inventory = await PreparedAsync(new() { CountedAt = Now, Count = 5, Closes = [ghost] });
        await TakeAsync(inventory);
        await _app.BeatAsync("hsp-in-1", lastSeq: 9);
        _app.Time.Advance(TimeSpan.FromHours(20));

        var again = await TakeAsync(inventory);
        using var other = await PostAsync(inventory with { Count = 6 });

        Assert.Equal((InventoryEffect.Closes, 5), (Assert.Single(again.Stays).Effect, again.Shown));
        await ProblemAssert.IsAsync(other, HttpStatusCode.Conflict, "inventory-conflict");
        Assert.Single((await _app.AskAsync("/v1/facilities/hsp/log")).GetProperty("entries").EnumerateArray());
    }

    [Fact]
    public async Task StayThatEndedSinceThePreview_StopsTheInventory_UntilItIsLookedAtAgain()
    {
        var ghost = await ParkAsync("alice-000001", 1);
        _app.Time.Advance(TimeSpan.FromMinutes(30));
        var inventory = await PreparedAsync(new() { CountedAt = Now, Count = 5, Closes = [ghost] });
        await _app.DriveAsync("hsp-out-1", "alice-000001", 1);

        using var refused = await PostAsync(inventory);
        using var withIt = await PostAsync(await PreparedAsync(Asked(inventory)));
        var taken = await TakeAsync(await PreparedAsync(Asked(inventory) with { Closes = null }));

        await ProblemAssert.IsAsync(refused, HttpStatusCode.Conflict, "inventory-changed");
        Assert.Equal([$"{ghost} has ended."], await FaultsOfClosesAsync(withIt));
        Assert.Equal((0, 5), (taken.Stays.Count, taken.Shown));
    }

    [Fact]
    public async Task GateThatIsSilentOrHasUnsentEvents_MustBeConfirmed()
    {
        await ParkAsync("alice-000001", 1);
        await _app.BeatAsync("hsp-out-1", lastSeq: 0);
        _app.Time.Advance(TimeSpan.FromMinutes(1));
        await _app.BeatAsync("hsp-in-1", lastSeq: 4);
        var asked = new InventoryPreviewRequest { CountedAt = Now, Count = 5 };
        var preview = await PreviewAsync(asked);
        var inventory = (await PreparedAsync(asked)) with { Despite = ["hsp-in-1"] };

        using var refused = await PostAsync(inventory);
        var taken = await TakeAsync(inventory with { Despite = [.. preview.Doubted.Select(gate => gate.Gate)] });

        Assert.Equal((GatePresence.Online, 3L), One("hsp-in-1"));
        Assert.Equal((GatePresence.Silent, 0L), One("hsp-out-1"));
        var detail = await ProblemAssert.IsAsync(refused, HttpStatusCode.Conflict, "inventory-doubted");
        Assert.Contains("hsp-out-1", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("hsp-in-1", detail, StringComparison.Ordinal);
        Assert.Equal(5, taken.Shown);

        (GatePresence, long) One(string gate) =>
            preview.Doubted.Where(one => one.Gate == gate).Select(one => (one.State, one.Unsent)).Single();
    }

    [Fact]
    public async Task StayThatBeganAfterTheCount_OrIsNotThere_IsNeverClosed()
    {
        var countedAt = Now - Duration.FromMinutes(5);
        var later = await ParkAsync("alice-000001", 1);
        var elsewhere = (await _app.DriveAsync("yuyuan-in-1", "bob-000002", 1)).Stay!.Id;
        var asked = new InventoryPreviewRequest { CountedAt = countedAt, Closes = [later, elsewhere] };

        var preview = await PreviewAsync(asked);
        using var refused = await PostAsync(await PreparedAsync(asked));

        Assert.Equal([InventoryEffect.BeganAfterCount, InventoryEffect.NotHere], preview.Stays.Select(stay => stay.Effect));
        Assert.Null(preview.Stays[1].EnteredAt);
        Assert.Equal(
            [$"{later} began after the count.", $"{elsewhere} is no stay of this facility."], await FaultsOfClosesAsync(refused));
        Assert.Equal(1, (await _app.OccupancyOfAsync("hsp")).GetProperty("occupied").GetInt32());
    }

    [Fact]
    public async Task Inventory_IsInTheAuditWithItsReason()
    {
        await TakeAsync(await PreparedAsync(new() { CountedAt = Now, Count = 5 }));

        var audit = await _operator.GetFromJsonAsync<AuditAnswer>("/v1/audit?facility=hsp", ContractJson.Options, Cancellation);

        var act = Assert.Single(audit!.Acts);
        Assert.Equal(
            ("take_inventory", "facility:hsp", "operate@city", "walked through all floors", "done"),
            (act.Act, act.Target, act.Duty, act.Reason, Assert.Single(act.Outcomes).Result));
    }

    private async Task<string> ParkAsync(string citizen, long seq) => (await _app.DriveAsync("hsp-in-1", citizen, seq)).Stay!.Id;

    private Task DrainAsync() => _app.Services.GetRequiredService<DrainService>().CatchUpAsync(Cancellation);

    private static InventoryPreviewRequest Asked(InventoryRequest inventory) =>
        new() { CountedAt = inventory.CountedAt, Count = inventory.Count, Closes = inventory.Closes };

    private InventoryRequest Request(InventoryPreviewRequest asked, string version) => new()
    {
        Id = Ulids.At(Now).Value,
        CountedAt = asked.CountedAt,
        Count = asked.Count,
        Closes = asked.Closes,
        Reason = "walked through all floors",
        Version = version,
    };

    /// <summary>An inventory whose preview was looked at.</summary>
    private async Task<InventoryRequest> PreparedAsync(InventoryPreviewRequest asked)
    {
        var preview = await PreviewAsync(asked);
        return Request(asked, preview.Version) with { Despite = [.. preview.Doubted.Select(gate => gate.Gate)] };
    }

    private async Task<InventoryPreviewAnswer> PreviewAsync(InventoryPreviewRequest asked)
    {
        using var response = await _operator.PostAsJsonAsync(PreviewPath, asked, ContractJson.Options, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<InventoryPreviewAnswer>(ContractJson.Options, Cancellation))!;
    }

    private async Task<InventoryAnswer> TakeAsync(InventoryRequest inventory)
    {
        using var response = await PostAsync(inventory);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<InventoryAnswer>(ContractJson.Options, Cancellation))!;
    }

    private static async Task<IEnumerable<string>> FaultsOfClosesAsync(HttpResponseMessage refused)
    {
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var problem = await refused.Content.ReadFromJsonAsync<InvalidMembersAnswer>(ContractJson.ClientOptions, Cancellation);
        return problem!.Errors["closes"];
    }

    private Task<HttpResponseMessage> PostAsync(InventoryRequest inventory) =>
        _operator.PostAsJsonAsync(Path, inventory, ContractJson.Options, Cancellation);
}
