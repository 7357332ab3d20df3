using Parking.QrReader.Decoding;

namespace Parking.QrReader.Tests.Decoding;

public sealed class GaloisFieldTests
{
    [Fact]
    public void Multiply_AllPairs_AgreesWithLongMultiplication()
    {
        for (var a = 0; a < 256; a++)
        {
            for (var b = 0; b < 256; b++)
            {
                var product = GaloisField.Multiply((byte)a, (byte)b);
                Assert.Equal(FieldArithmetic.Multiply((byte)a, (byte)b), product);
                Assert.True(b == 0 || GaloisField.Divide(product, (byte)b) == a);
            }
        }
    }
}
