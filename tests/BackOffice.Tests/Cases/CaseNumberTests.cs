using Parking.BackOffice.Cases;

namespace Parking.BackOffice.Tests.Cases;

/// <summary>The numbers of cases, as people say them.</summary>
public sealed class CaseNumberTests
{
    /// <summary>The last is a well-known example of a German tax number, which has such a check digit.</summary>
    [Theory]
    [InlineData(1, "1-9")]
    [InlineData(1000, "1000-6")]
    [InlineData(8_609_574_271, "8609574271-9")]
    public void Number_IsWrittenWithItsCheckDigit_AndReadWithOrWithoutHyphen(long value, string text)
    {
        var number = new CaseNumber(value);

        Assert.Equal(text, number.ToString());
        Assert.True(CaseNumber.TryParse(text, out var read));
        Assert.True(CaseNumber.TryParse($" {text.Replace("-", "", StringComparison.Ordinal)} ", out var plain));
        Assert.Equal((number, number), (read, plain));
    }

    [Fact]
    public void AnyOneWrongDigit_IsFound()
    {
        for (var value = 1L; value < 20_000; value += 7)
        {
            var digits = $"{new CaseNumber(value)}".Replace("-", "", StringComparison.Ordinal);
            for (var place = 0; place < digits.Length; place++)
            {
                foreach (var wrong in "0123456789".Where(digit => digit != digits[place]))
                {
                    Assert.False(CaseNumber.TryParse($"{digits[..place]}{wrong}{digits[(place + 1)..]}", out _));
                }
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("-5")]
    [InlineData("0-2")]
    [InlineData("01-9")]
    [InlineData("100-06")]
    [InlineData("1000--6")]
    [InlineData("100x-6")]
    [InlineData("١٠٠٠-6")]
    [InlineData("9999999999999999999999-1")]
    public void Text_ThatIsNoNumber_IsNoNumber(string? text) => Assert.False(CaseNumber.TryParse(text, out _));
}
