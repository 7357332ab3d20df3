using System.Text.Json;

namespace Parking.BackOffice.Use;

/// <summary>What of a day is not one number, as JSON in <c>use_days.curves</c>.</summary>
/// <param name="Version">1.</param>
/// <param name="Occupied">
/// For each hour of the day that is over, in order: the sum of the times that vehicles were parked in it, in milliseconds.
/// </param>
/// <param name="Dwell">The stays that ended on the day, in the buckets of <see cref="DwellHistogram"/>.</param>
internal sealed record UseCurves(int Version, IReadOnlyList<long> Occupied, IReadOnlyList<long> Dwell)
{
    private const int Known = 1;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static string Write(IReadOnlyList<long> occupied, DwellHistogram dwell) =>
        JsonSerializer.Serialize(new UseCurves(Known, occupied, dwell.Counts), Options);

    /// <exception cref="InvalidDataException">A later version of the service wrote it.</exception>
    public static UseCurves Read(string written)
    {
        var curves = JsonSerializer.Deserialize<UseCurves>(written, Options)!;
        return curves.Version == Known
            ? curves
            : throw new InvalidDataException($"The curves of a day have version {curves.Version}; this service knows {Known}.");
    }
}
