using System.Text.Json;
using NodaTime;

namespace Parking.Api.Recording;

/// <summary>A recording's first line: since when, and in which city.</summary>
internal sealed record RecordingHeader
{
    /// <summary>The number of the format of these lines.</summary>
    public int Recording { get; } = 1;

    /// <summary>Events that happened before may follow: gates report them late.</summary>
    public required Instant Starts { get; init; }

    /// <summary>The city file.</summary>
    public required JsonElement City { get; init; }

    /// <summary>The files that it names, by the names it has for them.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Files { get; init; }
}
