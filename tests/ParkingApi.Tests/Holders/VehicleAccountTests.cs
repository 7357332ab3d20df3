using CsCheck;
using NodaTime;
using Parking.Accounts;
using Parking.Codes;
using Parking.Events;
using Parking.Tariffs;

namespace Parking.Api.Tests.Holders;

public sealed class VehicleAccountTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 5, 4, 8, 0);

    private static readonly Gen<string> GenPlate = Gen.Int[1, 40].Select(number => $"A{number}");

    private static readonly Gen<string[][]> GenLists =
        GenPlate.Array[0, VehicleAccount.MaxListed].Select(plates => plates.Distinct().ToArray()).Array[1, 30];

    [Fact]
    public void Replace_InAnyOrder_GivesEachPlateOneSlotForEver() => GenLists.SampleCases(Depth.Cases, lists =>
    {
        var slots = new Dictionary<string, VehicleSlot>();
        var account = VehicleAccount.Empty;
        foreach (var list in lists)
        {
            var replaced = Replace(account, list)!;
            account = WrittenAndRead(replaced);

            Assert.Equal(FactsOf(replaced), FactsOf(account));
            Assert.Equal(list.Order(), account.Listed.Select(vehicle => vehicle.Plate?.Value).Order());
            foreach (var vehicle in account.All)
            {
                var plate = vehicle.Plate!.Value.Value;
                Assert.Equal(vehicle.Slot, slots.TryGetValue(plate, out var slot) ? slot : slots[plate] = vehicle.Slot);
                Assert.Equal(vehicle.Plate, account.PlateOf(vehicle.Slot, Now));
            }
        }

        Assert.Equal(slots.Count, slots.Values.Distinct().Count());
        Assert.DoesNotContain(VehicleSlot.None, slots.Values);
    });

    [Fact]
    public void Replace_WithMorePlatesThanSlots_IsRefused()
    {
        var account = VehicleAccount.Empty;
        for (var number = 1; number <= VehicleAccount.MaxSlots; number++)
        {
            account = Replace(account, $"A{number}")!;
        }

        Assert.Equal(new VehicleSlot(255), account.Listed.Single().Slot);
        Assert.Null(Replace(account, "B1"));
        Assert.Equal(new VehicleSlot(1), Replace(account, "A1")!.Listed.Single().Slot);
    }

    [Fact]
    public void Replace_CorrectingAPlate_KeepsTheSlot_AndWhatThePlateWasBefore()
    {
        var account = Correct(Replace(VehicleAccount.Empty, "A1", "A2")!, wrong: "A1", right: "A9", "A9", "A2")!;
        account = WrittenAndRead(account);

        Assert.Equal(["A9", "A2"], account.Listed.Select(vehicle => vehicle.Plate?.Value));
        Assert.Equal(new VehicleSlot(1), account.Find(Plate.Parse("A9"))!.Slot);
        Assert.Equal("A1", account.PlateOf(new(1), Now - Duration.FromMilliseconds(1))?.Value);
        Assert.Equal("A9", account.PlateOf(new(1), Now)?.Value);
        Assert.Equal(new VehicleSlot(3), Replace(account, "A1", "A9")!.Find(Plate.Parse("A1"))!.Slot);
    }

    [Theory]
    [InlineData("A7", "A9")] // never listed
    [InlineData("A1", "A2")] // the right plate is another vehicle's
    public void Replace_CorrectingWhatCannotBe_IsAReplacement(string wrong, string right)
    {
        var account = Correct(Replace(VehicleAccount.Empty, "A1", "A2")!, wrong, right, right)!;

        Assert.Equal([1, 2], account.All.Take(2).Select(vehicle => (int)vehicle.Slot.Value));
        Assert.Equal(["A1", "A2"], account.All.Take(2).Select(vehicle => vehicle.Plate?.Value));
        Assert.All(account.All, vehicle => Assert.Empty(vehicle.Former));
    }

    [Theory]
    [InlineData("A1", "A9", true)]
    [InlineData("A7", "A9", false)] // never listed
    [InlineData("A7", "A1", true)] // corrected before
    [InlineData("A3", "A9", false)] // corrected too often
    public void CannotCorrect_NamesWhatWouldTakeAVehicleOffTheList(string wrong, string right, bool canBeCorrected)
    {
        var often = Enumerable.Range(0, VehicleAccount.MaxCorrections).Select(n => new FormerPlate(Plate.Parse($"B{n}"), Now));
        var account = new VehicleAccount(
        [
            new(new(1), Plate.Parse("A1"), VehicleClass.Car) { Former = [new(Plate.Parse("A7"), Now)] },
            new(new(2), Plate.Parse("A3"), VehicleClass.Car) { Former = [.. often] },
        ]);

        var cannot = account.CannotCorrect(new Dictionary<Plate, Plate> { [Plate.Parse(wrong)] = Plate.Parse(right) });

        Assert.Equal(canBeCorrected ? [] : [Plate.Parse(wrong)], cannot);
    }

    [Fact]
    public void Replace_WithoutAVehicle_RemovesIt_AndEndsItsShares()
    {
        var shared = new VehicleAccount(
            [
                new(new(1), Plate.Parse("A1"), VehicleClass.Car)
                {
                    Invitations = [new(new(1), Now)],
                    Members = [new(new(2), new HolderId(3), Now)],
                },
            ]);

        var removed = Replace(shared, "A2")!;
        var back = Replace(removed, "A1")!;

        Assert.Equal(new Vehicle(new(1), Plate.Parse("A1"), VehicleClass.Car, Now), removed.All[0]);
        Assert.Equal(new Vehicle(new(1), Plate.Parse("A1"), VehicleClass.Car), back.All[0]);
    }

    /// <summary>An owner's account that was restored from a copy may have given a share to somebody else since.</summary>
    [Fact]
    public void WithoutShare_OfOneMember_LeavesThatOfAnother_AndTheInvitation()
    {
        var account = new VehicleAccount(
            [
                new(new(1), Plate.Parse("A1"), VehicleClass.Car)
                {
                    Invitations = [new(new(1), Now)],
                    Members = [new(new(2), new HolderId(3), Now)],
                },
            ]);

        Assert.Same(account, account.WithoutShare(new(1), new HolderId(4)));
        Assert.Same(account, account.WithoutShare(new(2), new HolderId(4)));
        Assert.Empty(account.WithoutShare(new(2), new HolderId(3)).All[0].Members);
        Assert.Empty(account.WithoutShare(new(1)).All[0].Invitations);
    }

    [Fact]
    public void Replace_Again_KeepsWhenAVehicleWasRemoved()
    {
        var account = Replace(Replace(VehicleAccount.Empty, "A1")!, "A2")!;

        Assert.Equal(Now, account.Replace([], Now + Duration.FromDays(1))!.All[0].RemovedAt);
    }

    [Fact]
    public void Read_WithEntitlements_HasThem_AndReplacingVehiclesKeepsThem()
    {
        var account = WrittenAndRead(VehicleAccount.Empty.With(Entitlements.Of("resident")));

        Assert.Equal(Entitlements.Of("resident"), Replace(account, "A1", "A2")!.Entitlements);
    }

    [Fact]
    public void ClassOf_ASlot_IsItsVehiclesEvenIfRemoved_AndACarWhereNoneIsNamed()
    {
        var account = VehicleAccount.Empty.Replace([(Plate.Parse("A1"), VehicleClass.Motorcycle)], Now)!
            .Replace([(Plate.Parse("A2"), VehicleClass.Coach)], Now)!;

        Assert.Equal(VehicleClass.Motorcycle, account.ClassOf(new(1)));
        Assert.Equal(VehicleClass.Coach, account.ClassOf(new(2)));
        Assert.Equal(VehicleClass.Car, account.ClassOf(VehicleSlot.None));
        Assert.Equal(VehicleClass.Car, account.ClassOf(new(9)));
    }

    private static VehicleAccount? Correct(VehicleAccount account, string wrong, string right, params IEnumerable<string> plates) =>
        account.Replace(
            [.. plates.Select(plate => (Plate.Parse(plate), VehicleClass.Car))],
            Now,
            new Dictionary<Plate, Plate> { [Plate.Parse(wrong)] = Plate.Parse(right) });

    private static VehicleAccount? Replace(VehicleAccount account, params IEnumerable<string> plates) =>
        account.Replace([.. plates.Select(plate => (Plate.Parse(plate), VehicleClass.Car))], Now);

    private static IEnumerable<object> FactsOf(VehicleAccount account) =>
        account.All.Select(vehicle => (object)(vehicle.Slot, vehicle.Plate, vehicle.Class, vehicle.RemovedAt));

    private static VehicleAccount WrittenAndRead(VehicleAccount account) =>
        VehicleAccountDocument.Read(VehicleAccountDocument.Write(account), Now);
}
