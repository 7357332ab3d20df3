using System.Security.Cryptography;
using NodaTime;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>The settings of one gate.</summary>
public sealed record GateMachineSettings
{
    /// <summary>The gate's name.</summary>
    public required string Gate { get; init; }

    /// <summary>The gate's key.</summary>
    public required string Key { get; init; }

    /// <summary>
    /// Which way the lane leads, as it is known on site. The service says it too: a gate that is started against it does not run. Null: the
    /// service's word alone counts.
    /// </summary>
    public GateDirection? Direction { get; init; }

    /// <summary>Returns random numbers from 0 (inclusive) to 1 (exclusive), for the waits between attempts.</summary>
    public required Func<double> Jitter { get; init; }

    /// <summary>Creates the id of a new journal.</summary>
    public Func<string> CreateJournalId { get; init; } = JournalIds.CreateRandom;

    /// <summary>
    /// The run of the steady clock (<see cref="GateBoot"/>): the same after a restart of the program only if the steady clock has run on.
    /// </summary>
    public string Boot { get; init; } = GateBoots.OfDevice;

    /// <summary>
    /// Makes a barrier that did not obey try again, before an operator's command to open it; returns whether it obeys by now. It takes
    /// well under a second. Null: nothing can be tried from afar, and the command is not obeyed.
    /// </summary>
    public Func<bool>? RetryBarrier { get; init; }

    /// <summary>Called with messages for a technician. They contain no secrets.</summary>
    public Action<string> Report { get; init; } = _ => { };

    /// <summary>
    /// Called with each event that the service rejects: it is unreadable, or it conflicts with a stored event of the same number.
    /// </summary>
    public Action<EventAnswer> Rejected { get; init; } = _ => { };

    /// <summary>The cache of key sets. Gates in one process share it.</summary>
    public VerifierCache Verifiers { get; init; } = new();

    /// <summary>How long an event may wait so that several are sent together. A request for a scan sends waiting events at once.</summary>
    public TimeSpan UploadDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The time limit of a request that no driver waits for.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most unacknowledged events that are sent along with a scan.</summary>
    public int MostBeforeScan { get; init; } = 16;

    /// <summary>How long codes of acknowledged scans may stay in the journal before it is rewritten without them.</summary>
    public TimeSpan CompactEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The time limit for an answer to a scan; it overrides the feed's. Null: use the feed's.</summary>
    public TimeSpan? AnswerBudget { get; init; }

    /// <summary>The time limit for an answer to a scan before the first feed.</summary>
    public TimeSpan DefaultAnswerBudget { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>The interval of heartbeats before the first feed.</summary>
    public TimeSpan DefaultHeartbeat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long events are kept before the first feed.</summary>
    public Duration DefaultKeepEvents { get; init; } = Duration.FromDays(8);
}

/// <summary>Which run of the steady clock this is.</summary>
public static class GateBoots
{
    private const string LinuxBootId = "/proc/sys/kernel/random/boot_id";

    /// <summary>The boot of this device, where the system has an id for it; otherwise this process.</summary>
    public static string OfDevice { get; } = Read() ?? CreateRandom();

    public static string CreateRandom() => JournalIds.CreateRandom();

    /// <remarks>The id is a UUID. The steady clock of .NET counts from the boot there, in every process.</remarks>
    private static string? Read()
    {
        try
        {
            return Guid.TryParse(File.ReadAllText(LinuxBootId), out var boot) ? boot.ToString("N")[..JournalIds.Length] : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>Ids of journals: 16 lowercase hexadecimal digits.</summary>
public static class JournalIds
{
    public const int Length = 16;

    public static string CreateRandom() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length / 2));
}
