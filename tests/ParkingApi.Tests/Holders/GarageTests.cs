using CsCheck;
using Parking.Accounts;
using Parking.Codes;
using Parking.Events;
using Parking.Tariffs;

namespace Parking.Api.Tests.Holders;

public sealed class GarageTests
{
    private static readonly Gen<string> GenPlate = Gen.Int[1, 40].Select(number => $"A{number}");

    private static readonly Gen<string[][]> GenLists = GenPlate.Array[0, Garage.MaxListed].Select(plates => plates.Distinct().ToArray()).Array[1, 30];

    [Fact]
    public void Replace_InAnyOrder_GivesEachPlateOneSlotForEver() => GenLists.SampleCases(Depth.Cases, lists =>
    {
        var slots = new Dictionary<string, VehicleSlot>();
        var garage = Garage.Empty;
        foreach (var list in lists)
        {
            var replaced = Replace(garage, list)!;
            garage = GarageDocument.Read(GarageDocument.Write(replaced));

            Assert.Equal(replaced.All, garage.All);
            Assert.Equal(list.Order(), garage.Listed.Select(vehicle => vehicle.Plate.Value).Order());
            foreach (var vehicle in garage.All)
            {
                Assert.Equal(vehicle.Slot, slots.TryGetValue(vehicle.Plate.Value, out var slot) ? slot : slots[vehicle.Plate.Value] = vehicle.Slot);
                Assert.Equal(vehicle.Plate, garage.PlateOf(vehicle.Slot));
            }
        }

        Assert.Equal(slots.Count, slots.Values.Distinct().Count());
        Assert.DoesNotContain(VehicleSlot.None, slots.Values);
    });

    [Fact]
    public void Replace_WithMorePlatesThanSlots_IsRefused()
    {
        var garage = Garage.Empty;
        for (var number = 1; number <= Garage.MaxSlots; number++)
        {
            garage = Replace(garage, $"A{number}")!;
        }

        Assert.Equal(new VehicleSlot(255), garage.Listed.Single().Slot);
        Assert.Null(Replace(garage, "B1"));
        Assert.Equal(new VehicleSlot(1), Replace(garage, "A1")!.Listed.Single().Slot);
    }

    [Theory]
    [InlineData("""{"v":1,""")]
    [InlineData("""{"v":2,"slots":[]}""")]
    [InlineData("""{"v":1,"slots":[{"plate":"?","class":1,"listed":true}]}""")]
    [InlineData("""{"v":1,"slots":[{"plate":"A1","class":9,"listed":true}]}""")]
    public void Read_OfSomethingElse_SaysSo(string stored) =>
        Assert.Throws<InvalidDataException>(() => GarageDocument.Read(System.Text.Encoding.UTF8.GetBytes(stored)));

    [Fact]
    public void Read_OfNothing_IsEmpty() => Assert.Empty(GarageDocument.Read(default).All);

    [Fact]
    public void Write_OfAGarage_IsFrozen() => Assert.Equal(
        """{"v":1,"slots":[{"plate":"A1","class":1,"listed":false},{"plate":"A2","class":1,"listed":true}]}""",
        System.Text.Encoding.UTF8.GetString(GarageDocument.Write(Replace(Replace(Garage.Empty, "A1")!, "A2")!)));

    [Fact]
    public void Write_WithEntitlements_IsFrozen() => Assert.Equal(
        """{"v":1,"slots":[{"plate":"A1","class":1,"listed":true}],"entitlements":"disabled-badge resident"}""",
        System.Text.Encoding.UTF8.GetString(GarageDocument.Write(Replace(Garage.Empty, "A1")!.With(Entitlements.Of("resident", "disabled-badge")))));

    [Fact]
    public void Read_WithEntitlements_HasThem_AndReplacingVehiclesKeepsThem()
    {
        var garage = GarageDocument.Read(GarageDocument.Write(Garage.Empty.With(Entitlements.Of("resident"))));

        Assert.Equal(Entitlements.Of("resident"), Replace(garage, "A1", "A2")!.Entitlements);
    }

    [Fact]
    public void ClassOf_ASlot_IsItsVehiclesEvenIfRemoved_AndACarWhereNoneIsNamed()
    {
        var garage = Garage.Empty.Replace([(Plate.Parse("A1"), VehicleClass.Motorcycle)])!.Replace([(Plate.Parse("A2"), VehicleClass.Coach)])!;

        Assert.Equal(VehicleClass.Motorcycle, garage.ClassOf(new(1)));
        Assert.Equal(VehicleClass.Coach, garage.ClassOf(new(2)));
        Assert.Equal(VehicleClass.Car, garage.ClassOf(VehicleSlot.None));
        Assert.Equal(VehicleClass.Car, garage.ClassOf(new(9)));
    }

    private static Garage? Replace(Garage garage, params IEnumerable<string> plates) =>
        garage.Replace([.. plates.Select(plate => (Plate.Parse(plate), VehicleClass.Car))]);
}
