using CsCheck;
using Parking.Accounts;
using Parking.Codes;
using Parking.Events;
using Parking.Tariffs;

namespace Parking.Api.Tests.Holders;

public sealed class VehicleAccountTests
{
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
            account = VehicleAccountDocument.Read(VehicleAccountDocument.Write(replaced));

            Assert.Equal(replaced.All, account.All);
            Assert.Equal(list.Order(), account.Listed.Select(vehicle => vehicle.Plate.Value).Order());
            foreach (var vehicle in account.All)
            {
                Assert.Equal(
                    vehicle.Slot, slots.TryGetValue(vehicle.Plate.Value, out var slot) ? slot : slots[vehicle.Plate.Value] = vehicle.Slot);
                Assert.Equal(vehicle.Plate, account.PlateOf(vehicle.Slot));
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

    [Theory]
    [InlineData("""{"v":1,""")]
    [InlineData("""{"v":2,"slots":[]}""")]
    [InlineData("""{"v":1,"slots":[{"plate":"?","class":1,"listed":true}]}""")]
    [InlineData("""{"v":1,"slots":[{"plate":"A1","class":9,"listed":true}]}""")]
    public void Read_OfSomethingElse_SaysSo(string stored) =>
        Assert.Throws<InvalidDataException>(() => VehicleAccountDocument.Read(System.Text.Encoding.UTF8.GetBytes(stored)));

    [Fact]
    public void Read_OfNothing_IsEmpty() => Assert.Empty(VehicleAccountDocument.Read(default).All);

    [Fact]
    public void Write_OfAGarage_IsFrozen() => Assert.Equal(
        """{"v":1,"slots":[{"plate":"A1","class":1,"listed":false},{"plate":"A2","class":1,"listed":true}]}""",
        System.Text.Encoding.UTF8.GetString(VehicleAccountDocument.Write(Replace(Replace(VehicleAccount.Empty, "A1")!, "A2")!)));

    [Fact]
    public void Write_WithEntitlements_IsFrozen() => Assert.Equal(
        """{"v":1,"slots":[{"plate":"A1","class":1,"listed":true}],"entitlements":"disabled-badge resident"}""",
        System.Text.Encoding.UTF8.GetString(
            VehicleAccountDocument.Write(Replace(VehicleAccount.Empty, "A1")!.With(Entitlements.Of("resident", "disabled-badge")))));

    [Fact]
    public void Read_WithEntitlements_HasThem_AndReplacingVehiclesKeepsThem()
    {
        var account = VehicleAccountDocument.Read(VehicleAccountDocument.Write(VehicleAccount.Empty.With(Entitlements.Of("resident"))));

        Assert.Equal(Entitlements.Of("resident"), Replace(account, "A1", "A2")!.Entitlements);
    }

    [Fact]
    public void ClassOf_ASlot_IsItsVehiclesEvenIfRemoved_AndACarWhereNoneIsNamed()
    {
        var account = VehicleAccount.Empty.Replace([(Plate.Parse("A1"), VehicleClass.Motorcycle)])!
            .Replace([(Plate.Parse("A2"), VehicleClass.Coach)])!;

        Assert.Equal(VehicleClass.Motorcycle, account.ClassOf(new(1)));
        Assert.Equal(VehicleClass.Coach, account.ClassOf(new(2)));
        Assert.Equal(VehicleClass.Car, account.ClassOf(VehicleSlot.None));
        Assert.Equal(VehicleClass.Car, account.ClassOf(new(9)));
    }

    private static VehicleAccount? Replace(VehicleAccount account, params IEnumerable<string> plates) =>
        account.Replace([.. plates.Select(plate => (Plate.Parse(plate), VehicleClass.Car))]);
}
