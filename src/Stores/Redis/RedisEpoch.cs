using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace Parking.Stores.Redis;

/// <summary>A name for the lives of some servers: each draws a <c>run_id</c> at random when it starts.</summary>
internal static class RedisEpoch
{
    /// <summary>The same servers in the same lives have the same name, in whatever order; 8 hexadecimal digits.</summary>
    public static async Task<string> ReadAsync(IReadOnlyList<IServer> primaries)
    {
        var lives = await Task.WhenAll(primaries.Select(ReadRunIdAsync));
        return Of(lives);
    }

    public static string Of(IEnumerable<string> runIds)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', runIds.Order(StringComparer.Ordinal))));
        return BinaryPrimitives.ReadUInt32BigEndian(hash).ToString("x8", CultureInfo.InvariantCulture);
    }

    private static async Task<string> ReadRunIdAsync(IServer primary) =>
        (await primary.InfoAsync("server")).SelectMany(section => section).FirstOrDefault(line => line.Key == "run_id").Value ?? "";
}
