using CsCheck;

namespace Parking.Codes.Tests;

public class CodeSealTests
{
    // FIPS 197, appendix C.3: AES-256 of one block.
    private static readonly CodeSeal Example =
        new(Convert.FromHexString("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));

    [Fact]
    public void Seal_ExampleOfTheStandard_IsItsBlock()
    {
        var id = Example.Seal(new HolderId(0x0011223344556677), new VehicleSlot(0x88), Convert.FromHexString("99aabbccddeeff"));

        Assert.Equal("8ea2b7ca516745bfeafc49904b496089", id.ToString());
    }

    [Fact]
    public void Open_AnySealedHolder_GivesItBack() =>
        Gen.Select(Gen.ULong, Gen.Byte, Gen.Byte.Array[CodeSeal.RandomSize]).SampleCases(Depth.Cases, (holder, vehicle, random) =>
        {
            var expected = new SealedHolder(new HolderId(holder), new VehicleSlot(vehicle));
            Assert.Equal(expected, Example.Open(Example.Seal(expected.Holder, expected.Vehicle, random)));
        });

    [Fact]
    public void Open_WithAnotherKey_GivesNonsense()
    {
        var id = Example.Seal(Samples.Holder, Samples.Vehicle, new byte[CodeSeal.RandomSize]);

        Assert.NotEqual(Samples.Holder, CodeSeal.Create().Open(id).Holder);
    }

    [Fact]
    public void Constructor_KeyOfAnotherSize_Throws()
    {
        Assert.Throws<ArgumentException>(() => new CodeSeal(new byte[16]));
        Assert.Throws<ArgumentException>(() => Example.Seal(default, default, new byte[8]));
    }
}
