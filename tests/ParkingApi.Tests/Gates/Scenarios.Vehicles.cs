using Parking.GateProtocol;

namespace Parking.Api.Tests.Gates;

/// <summary>A driver with several vehicles comes with the code of one and leaves with the code of another.</summary>
public abstract partial class Scenarios
{
    [Fact]
    public async Task ExitThatNamesAnotherOwnVehicle_EndsTheOnlyStayThere_AndAPersonLooks()
    {
        await DriveAsync("small-in-0", 0, vehicle: 1);

        var exit = await DriveAsync("small-out-0", 65, vehicle: 2);

        Assert.Equal((ScanReason.Exited, 2500), (exit.Reason, exit.Answer!.Fee!.Total));
        Assert.Equal(["small 0-65 Exited Conflicting 2500 OtherVehicle"], await Tell.StaysAsync());
        Assert.Equal(0, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task ExitThatNamesAnotherOwnVehicle_EveryDay_IsNeverFree()
    {
        for (var day = 0; day < 3; day++)
        {
            await DriveAsync("small-in-0", day * 1440, vehicle: 1);
            await DriveAsync("small-out-0", (day * 1440) + 65, vehicle: 2);
        }

        Assert.All(
            await Tell.StaysAsync(), stay => Assert.EndsWith("Exited Conflicting 2500 OtherVehicle", stay, StringComparison.Ordinal));
    }

    [Fact]
    public async Task LaterExitOfTheVehicleItself_MovesTheEnd_AndTheOtherWasNeverSeenToEnter()
    {
        await DriveAsync("small-in-0", 0, vehicle: 1);
        await DriveAsync("small-out-0", 30, vehicle: 2);

        var exit = await DriveAsync("small-out-0", 65, vehicle: 1);

        Assert.Equal((ScanReason.Exited, 2500), (exit.Reason, exit.Answer!.Fee!.Total));
        Assert.Equal(["small 0-65 Exited Settled 2500", "small -30 MissedEntry Uncollectable no fee"], await Tell.StaysAsync());
    }

    [Fact]
    public async Task LaterExitOfTheOtherVehicle_MovesTheEndToo_AndAPersonLooks()
    {
        await DriveAsync("small-in-0", 0, vehicle: 1);
        await DriveAsync("small-out-0", 30, vehicle: 2);
        await DriveAsync("small-out-0", 65, vehicle: 2);

        Assert.Equal(
            ["small 0-65 Exited Conflicting 2500 OtherVehicle", "small -30 MissedEntry Uncollectable no fee"], await Tell.StaysAsync());
    }

    [Fact]
    public async Task ExitAfterTheNextStayThere_MovesNothing()
    {
        await DriveAsync("small-in-0", 0, vehicle: 1);
        await DriveAsync("small-out-0", 30, vehicle: 2);
        await DriveAsync("small-in-0", 60, vehicle: 1);
        await DriveAsync("small-out-0", 90, vehicle: 1);
        await DriveAsync("small-out-0", 120, vehicle: 1);

        Assert.Equal(
            [
                "small 0-30 Exited Conflicting 1500 OtherVehicle", "small 60-90 Exited Settled 1500",
                "small -120 MissedEntry Uncollectable no fee",
            ],
            await Tell.StaysAsync());
    }

    [Fact]
    public async Task ExitThatNamesAThirdVehicle_WithTwoInside_EndsNeither_ButAPersonLooks()
    {
        await DriveAsync("small-in-0", 0, vehicle: 1);
        await DriveAsync("small-in-0", 1, vehicle: 2);

        await DriveAsync("small-out-0", 65, vehicle: 3);

        Assert.Equal(
            [
                "small 0- Open Settled no fee", "small 1- Open Settled no fee",
                "small -65 MissedEntry Conflicting no fee OtherVehicle",
            ],
            await Tell.StaysAsync());
        Assert.Equal(2, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task ExitThatNamesAVehicleParkedElsewhere_EndsTheOnlyStayThere_AndLeavesTheOtherAlone()
    {
        await DriveAsync("small-in-0", 0, vehicle: 1);
        await DriveAsync("large-in-0", 5, vehicle: 2);

        await DriveAsync("small-out-0", 65, vehicle: 2);

        Assert.Equal(["small 0-65 Exited Conflicting 2500 OtherVehicle", "large 5- Open Settled no fee"], await Tell.StaysAsync());
    }

    private Task<Scene.Shown> DriveAsync(string gate, int minute, byte vehicle)
    {
        Tell.At(minute);
        return Tell.PassAsync(gate, Scene.Driver, World.Mint(Scene.Driver, vehicle));
    }
}
