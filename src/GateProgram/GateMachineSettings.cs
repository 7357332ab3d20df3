using System.Security.Cryptography;
using NodaTime;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>One gate: who it is and how it goes about its work.</summary>
public sealed record GateMachineSettings
{
    /// <summary>Its name.</summary>
    public required string Gate { get; init; }

    /// <summary>Its key.</summary>
    public required string Key { get; init; }

    public required GateDirection Direction { get; init; }

    /// <summary>Random numbers from 0 to below 1, for the waits between attempts.</summary>
    public required Func<double> Jitter { get; init; }

    /// <summary>Draws an id for a new journal.</summary>
    public Func<string> CreateJournalId { get; init; } = JournalIds.CreateRandom;

    /// <summary>Told what a technician should know, without secrets.</summary>
    public Action<string> Report { get; init; } = _ => { };

    /// <summary>
    /// Told of each event that the service does not take as it is: it made no sense, or contradicts what stands under its number.
    /// </summary>
    public Action<EventAnswer> Rejected { get; init; } = _ => { };

    /// <summary>Key sets that have been read. Gates in one process share them.</summary>
    public VerifierCache Verifiers { get; init; } = new();

    /// <summary>How long events wait for others to go up with; a scan that asks takes them along before.</summary>
    public TimeSpan UploadDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a request that no driver waits for may take.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many events that are not acknowledged yet a scan takes along.</summary>
    public int MostBeforeScan { get; init; } = 16;

    /// <summary>How long codes that are acknowledged may lie in the journal until it is rewritten without them.</summary>
    public TimeSpan CompactEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait for an answer, in place of what the feed says; null: what the feed says.</summary>
    public TimeSpan? AnswerBudget { get; init; }

    /// <summary>How long to wait for an answer, as long as no feed says so.</summary>
    public TimeSpan DefaultAnswerBudget { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>How often to send a heartbeat, as long as no feed says so.</summary>
    public TimeSpan DefaultHeartbeat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long events are kept, as long as no feed says so.</summary>
    public Duration DefaultKeepEvents { get; init; } = Duration.FromDays(8);
}

/// <summary>Names for journals: 16 lowercase hexadecimal digits.</summary>
public static class JournalIds
{
    public const int Length = 16;

    /// <summary>A random one.</summary>
    public static string CreateRandom() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length / 2));
}
