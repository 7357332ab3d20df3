using NodaTime;
using Parking.Events;

namespace Parking.Api.Tests.Commands;

/// <summary>Draws ids of commands as a client does.</summary>
internal static class Ulids
{
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>An id that was drawn at a moment; another one for each <paramref name="n"/>.</summary>
    public static CommandId At(Instant moment, int n = 0)
    {
        var (time, random) = ((ulong)moment.ToUnixTimeMilliseconds(), (ulong)n);
        var text = new char[26];
        for (var i = 9; i >= 0; i--, time >>= 5)
        {
            text[i] = Digits[(int)(time & 31)];
        }

        for (var i = 25; i >= 10; i--, random >>= 5)
        {
            text[i] = Digits[(int)(random & 31)];
        }

        return CommandId.Parse(new(text));
    }
}
