using System.Globalization;

namespace Parking.BackOffice.Cases;

/// <summary>
/// The number of a case, as people say it on the phone: <c>1042-8</c>. The digit after the hyphen is a check digit (ISO 7064, MOD 11,10):
/// it finds every wrong digit, and nearly every pair of digits that changed places.
/// </summary>
/// <param name="Value">The number without its check digit, 1 or higher.</param>
public readonly record struct CaseNumber(long Value)
{
    private const int Ten = 10, Eleven = 11;

    /// <summary>No number has more digits than this, with its check digit.</summary>
    private const int MostDigits = 18;

    /// <summary>Reads a number with its check digit. Without the hyphen it is the same number.</summary>
    public static bool TryParse(string? text, out CaseNumber number)
    {
        number = default;
        var digits = (text ?? "").Trim();
        if (digits.Length > 2 && digits[^2] == '-')
        {
            digits = digits.Remove(digits.Length - 2, 1);
        }

        if (digits.Length is < 2 or > MostDigits || !digits.All(char.IsAsciiDigit) || digits[0] == '0')
        {
            return false;
        }

        var read = new CaseNumber(long.Parse(digits[..^1], NumberStyles.None, CultureInfo.InvariantCulture));
        number = read.CheckDigit == digits[^1] - '0' ? read : default;
        return number != default;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value}-{CheckDigit}");

    private int CheckDigit
    {
        get
        {
            var product = Ten;
            foreach (var digit in Value.ToString(CultureInfo.InvariantCulture))
            {
                var sum = (product + digit - '0') % Ten;
                product = (sum == 0 ? Ten : sum) * 2 % Eleven;
            }

            return (Eleven - product) % Ten;
        }
    }
}
