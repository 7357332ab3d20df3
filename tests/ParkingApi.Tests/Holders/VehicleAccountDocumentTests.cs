using System.Text;
using NodaTime;
using Parking.Accounts;
using Parking.Codes;
using Parking.Events;
using Parking.Tariffs;

namespace Parking.Api.Tests.Holders;

/// <summary>How vehicle accounts are stored: version 2 is written, version 1 can still be read. docs/formats.md names both.</summary>
public sealed class VehicleAccountDocumentTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 5, 4, 8, 0);
    private static readonly Instant Removed = Instant.FromUtc(2026, 4, 9, 8, 0);
    private static readonly Instant Corrected = Instant.FromUtc(2026, 5, 1, 8, 0);

    /// <summary>A removed vehicle without a plate, one with, a corrected one that is shared, and a vehicle of somebody else.</summary>
    private static readonly VehicleAccount Full = new(
        [
            new(new(1), null, VehicleClass.Car, Removed),
            new(new(2), Plate.Parse("A2"), VehicleClass.Coach, Removed),
            new(new(3), Plate.Parse("沪A3"), VehicleClass.Electric)
            {
                Former = [new(Plate.Parse("A9"), Corrected)],
                Invitations = [new(new(0x1a), Now + Duration.FromDays(1))],
                Members = [new(new(UInt128.MaxValue), new HolderId(0xb0b), Corrected)],
            },
        ],
        Entitlements.Of("resident", "disabled-badge"),
        [new(new HolderId(0xa11ce), new(7), new(0x2b))]);

    [Fact]
    public void Write_IsFrozen_AndReadBack()
    {
        var written = Encoding.UTF8.GetString(VehicleAccountDocument.Write(Full));

        Assert.Equal(
            """
            {"v":2,"slots":[
            {"class":1,"removed":1775721600000},
            {"class":4,"plate":"A2","removed":1775721600000},
            {"class":3,"plate":"\u6CAAA3",
            "was":[{"plate":"A9","until":1777622400000}],
            "invited":[{"share":"0000000000000000000000000000001a","until":1777968000000}],
            "members":[{"share":"ffffffffffffffffffffffffffffffff","holder":"0000000000000b0b","since":1777622400000}]}],
            "entitlements":"disabled-badge resident",
            "shared":[{"owner":"00000000000a11ce","slot":7,"share":"0000000000000000000000000000002b"}]}
            """.ReplaceLineEndings(""),
            written);
        AssertSame(Full, Read(written));
    }

    [Fact]
    public void Write_OfAVehicle_HasNothingMore() => Assert.Equal(
        """{"v":2,"slots":[{"class":1,"plate":"A1"}]}""",
        Encoding.UTF8.GetString(
            VehicleAccountDocument.Write(new VehicleAccount([new(new(1), Plate.Parse("A1"), VehicleClass.Car)]))));

    [Fact]
    public void Read_OfVersion1_TakesRemovedVehiclesAsRemovedNow() => AssertSame(
        new(
            [
                new(new(1), Plate.Parse("A1"), VehicleClass.Car, Now),
                new(new(2), Plate.Parse("A2"), VehicleClass.Electric)
                {
                    Former = [new(Plate.Parse("A9"), Instant.FromUnixTimeMilliseconds(1777881600000))],
                },
            ],
            Entitlements.Of("resident", "disabled-badge")),
        Read(
            """
            {"v":1,"slots":[{"plate":"A1","class":1,"listed":false},
            {"plate":"A2","class":3,"listed":true,"was":[{"plate":"A9","until":1777881600000}]}],
            "entitlements":"disabled-badge resident"}
            """));

    [Theory]
    [InlineData("""{"v":2,""")]
    [InlineData("""{"v":3,"slots":[]}""")]
    [InlineData("""{"v":1,"slots":[{"plate":"A1","class":1}]}""")]
    [InlineData("""{"v":1,"slots":[{"plate":"?","class":1,"listed":true}]}""")]
    [InlineData("""{"v":1,"slots":[{"plate":"A1","class":9,"listed":true}]}""")]
    [InlineData("""{"v":2,"slots":[{"plate":"A1","class":1,"listed":true}]}""")]
    [InlineData("""{"v":2,"slots":[{"class":1}]}""")]
    [InlineData("""{"v":2,"slots":[],"shared":[{"owner":"?","slot":1,"share":"0000000000000000000000000000002b"}]}""")]
    [InlineData("""{"v":2,"slots":[],"shared":[{"owner":"00000000000a11ce","slot":1,"share":"2b"}]}""")]
    public void Read_OfSomethingElse_SaysSo(string stored) => Assert.Throws<InvalidDataException>(() => Read(stored));

    [Fact]
    public void Write_OfAnErasedAccount_SaysNothingElse()
    {
        Assert.Equal(
            """{"v":2,"slots":[],"erased":true}""", Encoding.UTF8.GetString(VehicleAccountDocument.Write(VehicleAccount.Erased)));
        Assert.Same(VehicleAccount.Erased, Read("""{"v":2,"slots":[],"erased":true}"""));
    }

    [Fact]
    public void Read_OfNothing_IsEmpty() => Assert.Empty(VehicleAccountDocument.Read(default, Now).All);

    private static VehicleAccount Read(string stored) => VehicleAccountDocument.Read(Encoding.UTF8.GetBytes(stored), Now);

    private static void AssertSame(VehicleAccount expected, VehicleAccount actual)
    {
        Assert.Equivalent(expected.All, actual.All, strict: true);
        Assert.Equal(expected.Entitlements, actual.Entitlements);
        Assert.Equal(expected.Shared, actual.Shared);
    }
}
