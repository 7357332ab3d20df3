using Parking.Accounts;
using Parking.Codes;
using Parking.GateProtocol;
using Parking.Tariffs;

namespace Parking.Api.Tests.Gates;

/// <summary>Two people have one plate in their accounts: a shared car, or a claim that is not true. Nobody verifies plates.</summary>
public abstract partial class Scenarios
{
    private static readonly HolderId Other = new(0x07e4);

    [Fact]
    public async Task ExitOnAPlateThatIsParkedUnderAnother_IsOneForAPerson_AndLeavesTheOtherStayAlone()
    {
        await ListAsync(Scene.Driver, "A1");
        await ListAsync(Other, "B1", "A1");
        await DriveAsync("small-in-0", 0, vehicle: 1);
        var before = await Tell.StaysAsync();

        Assert.Equal(ScanReason.MissedEntry, (await LeaveAsOtherAsync("small-out-0", 65, vehicle: 2)).Reason);

        Assert.Equal(["small -65 MissedEntry Conflicting no fee OtherHolder"], await Tell.StaysAsync(Other));
        Assert.Equal(before, await Tell.StaysAsync());
        Assert.Equal(1, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task ExitAtAGateThatWasAlone_IsComparedWhenItIsReported()
    {
        await ListAsync(Scene.Driver, "A1");
        await ListAsync(Other, "A1");
        await DriveAsync("small-in-0", 0, vehicle: 1);
        Tell.At(65);
        var exit = Tell.Alone("small-out-0", 65, Other, World.Mint(Other, 1));

        await Tell.ReportAsync(exit);

        Assert.Equal(["small -65 MissedEntry Conflicting no fee OtherHolder"], await Tell.StaysAsync(Other));
    }

    [Fact]
    public async Task CompleteStaysOfOnePlate_SettleBoth()
    {
        await ListAsync(Scene.Driver, "A1");
        await ListAsync(Other, "A1");
        await DriveAsync("small-in-0", 0, vehicle: 1);
        Tell.At(5);
        await Tell.PassAsync("small-in-0", Other, World.Mint(Other, 1));
        await LeaveAsOtherAsync("small-out-0", 65, vehicle: 1);
        await DriveAsync("small-out-0", 70, vehicle: 1);

        Assert.Equal(["small 0-70 Exited Settled 2500"], await Tell.StaysAsync());
        Assert.Equal(["small 5-65 Exited Settled 1500"], await Tell.StaysAsync(Other));
    }

    [Theory]
    [InlineData("large-in-0")] // elsewhere
    [InlineData(null)] // nowhere
    public async Task ExitOnAPlateThatIsNotParkedHere_IsAMissedEntry(string? parkedAt)
    {
        await ListAsync(Scene.Driver, "A1");
        await ListAsync(Other, "A1");
        if (parkedAt is not null)
        {
            await DriveAsync(parkedAt, 0, vehicle: 1);
        }

        await LeaveAsOtherAsync("small-out-0", 65, vehicle: 1);

        Assert.Equal(["small -65 MissedEntry Uncollectable no fee"], await Tell.StaysAsync(Other));
    }

    [Fact]
    public async Task EntryThatArrivesLater_MakesTheStayWhole_WhateverIsParkedUnderThePlate()
    {
        await ListAsync(Scene.Driver, "A1");
        await ListAsync(Other, "A1");
        await DriveAsync("small-in-0", 0, vehicle: 1);
        var entry = Tell.Alone("small-in-1", 5, Other, World.Mint(Other, 1));
        await LeaveAsOtherAsync("small-out-0", 65, vehicle: 1);

        await Tell.ReportAsync(entry);

        Assert.Equal(["small 5-65 Exited Settled 1500"], await Tell.StaysAsync(Other));
    }

    private Task<VehicleAccount?> ListAsync(HolderId holder, params string[] plates) =>
        World.Holders.ReplaceVehiclesAsync(holder, [.. plates.Select(plate => (Plate.Parse(plate), VehicleClass.Car))]);

    private Task<Scene.Shown> LeaveAsOtherAsync(string gate, int minute, byte vehicle)
    {
        Tell.At(minute);
        return Tell.PassAsync(gate, Other, World.Mint(Other, vehicle));
    }
}
