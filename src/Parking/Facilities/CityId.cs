using System.Buffers;

namespace Parking.Facilities;

/// <summary>How ids of districts, facilities and gates are written in the city file.</summary>
internal static class CityId
{
    public const string Expected = "1 to 32 of a-z, 0-9 and -";

    private const int MaxLength = 32;

    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public static bool IsWellFormed(ReadOnlySpan<char> id) => id.Length is > 0 and <= MaxLength && !id.ContainsAnyExcept(Characters);
}
