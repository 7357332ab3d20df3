using CsCheck;
using NodaTime;
using Parking.Accounts;
using Parking.Api.Tests.Gates;
using Parking.Api.Tests.LiveStore;
using Parking.Codes;
using Parking.Facilities;
using Parking.Tariffs;
using Parking.Timelines;

namespace Parking.Api.Tests.Holders;

/// <summary>A vehicle account keeps a plate as long as a stay that is kept can name it, and no longer.</summary>
public sealed class OldPlateTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 5, 4, 8, 0);

    /// <summary>Days, in any order, on which one of three vehicles is listed or removed, or its plate corrected.</summary>
    private static readonly Gen<(int Day, int Vehicle, int What)[]> GenDoings =
        Gen.Select(Gen.Int[0, 120], Gen.Int[0, 2], Gen.Int[0, 2]).Array[1, 25];

    private static readonly Gen<(byte Slot, int Day)[]> GenStays = Gen.Select(Gen.Byte[1, 9], Gen.Int[0, 120]).Array[0, 8];

    [Fact]
    public void Plates_AreKeptWhileAStayCanNameThem_AndNoLonger() =>
        Gen.Select(GenDoings, GenStays, Gen.Int[0, 200]).SampleCases(Depth.Cases, (doings, begun, today) =>
        {
            var before = After(doings);
            var stays = begun.Select(stay => StayOf(new(stay.Slot), At(stay.Day))).ToList();
            var threshold = At(today) - Timeline.StayRetention;

            var after = before.WithoutWhatIsOld(At(today), stays);

            foreach (var stay in stays)
            {
                Assert.Equal(before.PlateOf(stay), after.PlateOf(stay));
            }

            foreach (var (slot, plate, until) in PlatesOf(before))
            {
                var isNamed = stays.Any(stay => stay.Vehicle == slot && before.PlateOf(stay) == plate);
                Assert.Equal(
                    until is null || until >= threshold || isNamed,
                    PlatesOf(after).Contains((slot, plate, until)));
            }

            Assert.Equal(before.All.Select(vehicle => vehicle.Slot), after.All.Select(vehicle => vehicle.Slot));
            Assert.Equal(before.Listed.Select(vehicle => vehicle.Plate), after.Listed.Select(vehicle => vehicle.Plate));
            Assert.Equal(after.HasOldPlates(At(today)), PlatesOf(after).Any(one => one.Until < threshold));
        });

    [Fact]
    public async Task AnAccountThatIsChanged_ForgetsThePlateOfALongRemovedVehicle_ButNotWhileItIsParked()
    {
        await using var store = new SqliteUnderTest();
        var world = new GateWorld(store.Live, store.Holders);
        var (parked, gone) = (new HolderId(1), new HolderId(2));
        await ListAsync(world, parked, "A1");
        await ListAsync(world, gone, "A1");
        await world.DriveAsync("small-in-0", parked, vehicle: 1);
        await ListAsync(world, parked, "A2");
        await ListAsync(world, gone, "A2");

        world.Time.Advance(Timeline.StayRetention.ToTimeSpan() + TimeSpan.FromSeconds(1));
        await ListAsync(world, parked, "A3");
        await ListAsync(world, gone, "A3");

        Assert.Equal("A1", (await world.Holders.LoadAccountAsync(parked)).All[0].Plate?.Value);
        Assert.Equal(
            [null, "A2", "A3"], (await world.Holders.LoadAccountAsync(gone)).All.Select(vehicle => vehicle.Plate?.Value));
    }

    [Fact]
    public void APlateThatIsForgotten_IsANewVehicleWhenItComesAgain()
    {
        var account = VehicleAccount.Empty.Replace([(Plate.Parse("A1"), VehicleClass.Car)], At(0))!.Replace([], At(1))!;

        var back = account.WithoutWhatIsOld(At(40), []).Replace([(Plate.Parse("A1"), VehicleClass.Car)], At(40))!;

        Assert.Equal(new VehicleSlot(2), back.Listed.Single().Slot);
    }

    [Fact]
    public void AnInvitation_IsForgottenWhenItHasExpired()
    {
        var account = new VehicleAccount(
            [new(new(1), Plate.Parse("A1"), VehicleClass.Car) { Invitations = [new(new(1), At(1)), new(new(2), At(2))] }]);

        Assert.Equal([new ShareId(2)], account.WithoutWhatIsOld(At(1), []).All[0].Invitations.Select(invitation => invitation.Id));
    }

    private static VehicleAccount After((int Day, int Vehicle, int What)[] doings)
    {
        var account = VehicleAccount.Empty;
        var plates = new[] { "A", "B", "C" };
        var last = (string[])plates.Clone();
        foreach (var (number, doing) in doings.OrderBy(doing => doing.Day).Index())
        {
            var now = Plate.Parse(last[doing.Vehicle]);
            var others = account.Listed.Where(vehicle => vehicle.Plate != now).Select(vehicle => (vehicle.Plate!.Value, vehicle.Class));
            account = doing.What switch
            {
                0 => account.Replace([.. others, (now, VehicleClass.Car)], At(doing.Day))!,
                1 => account.Replace([.. others], At(doing.Day))!,
                _ when account.Find(now) is not null => account.Replace(
                    [.. others, (Plate.Parse(last[doing.Vehicle] = $"{plates[doing.Vehicle]}{number}"), VehicleClass.Car)],
                    At(doing.Day),
                    new Dictionary<Plate, Plate> { [now] = Plate.Parse(last[doing.Vehicle]) })!,
                _ => account,
            };
        }

        return account;
    }

    /// <summary>Every plate with the time until which its vehicle had it; null if it still has it.</summary>
    private static List<(VehicleSlot Slot, Plate Plate, Instant? Until)> PlatesOf(VehicleAccount account) =>
    [
        .. account.All.Where(vehicle => vehicle.Plate is not null)
            .Select(vehicle => (vehicle.Slot, vehicle.Plate!.Value, vehicle.RemovedAt)),
        .. account.All.SelectMany(vehicle => vehicle.Former.Select(former => (vehicle.Slot, former.Plate, (Instant?)former.Until))),
    ];

    private static Stay StayOf(VehicleSlot vehicle, Instant began) => new()
    {
        Id = new(new GateId("small-in-0"), GateWorld.Journal, 1),
        Facility = new("small"),
        Vehicle = vehicle,
        EnteredAt = began,
    };

    private static Instant At(int day) => Start + Duration.FromDays(day);

    private static Task<VehicleAccount?> ListAsync(GateWorld world, HolderId holder, string plate) =>
        world.Holders.ReplaceVehiclesAsync(holder, [(Plate.Parse(plate), VehicleClass.Car)]);
}
