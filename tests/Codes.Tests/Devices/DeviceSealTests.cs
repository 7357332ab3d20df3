using CsCheck;
using Parking.Codes.Devices;

namespace Parking.Codes.Tests.Devices;

public class DeviceSealTests
{
    private static readonly CodeSeal Stored =
        new(Convert.FromHexString("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
    private static readonly DeviceSeal Seal = new(Stored);

    [Fact]
    public void Open_AnythingSealed_GivesItBack() =>
        Gen.Select(Gen.ULong, Gen.Byte, Gen.Byte, Gen.Byte.Array[DeviceSeal.RandomSize]).SampleCases(
            Depth.Cases,
            (holder, vehicle, device, random) =>
            {
                var sealedHolder = new SealedHolder(new(holder), new(vehicle)) { Device = new(device) };
                Assert.Equal(sealedHolder, Seal.Open(Seal.Seal(sealedHolder, random)));
            });

    [Fact]
    public void Seal_UnderTheSameStoredKeyAsACode_IsAnotherId_AndOpensToNobodyOfTheCode()
    {
        // The same block: holder, slot, and seven bytes of which a certificate's first is the device.
        var ofCode = Stored.Seal(Samples.Holder, Samples.Vehicle, [2, 0, 0, 0, 0, 0, 0]);
        var ofCertificate = Seal.Seal(DeviceSamples.Holder, [0, 0, 0, 0, 0, 0]);

        Assert.NotEqual(ofCode.ToByteArray(), ofCertificate.ToByteArray());
        Assert.NotEqual(Samples.Holder, Stored.Open(new CodeId(ofCertificate.ToByteArray())).Holder);
        Assert.NotEqual(Samples.Holder, Seal.Open(new CertificateId(ofCode.ToByteArray())).Holder);
    }

    [Fact]
    public void Seal_OtherNumberOfRandomBytes_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Seal.Seal(DeviceSamples.Holder, new byte[7]));
}
