using System.Collections.Immutable;

namespace Parking.BackOffice.Tests.Archive.Model;

/// <summary>A batch that the archive has committed: what the live store acknowledges.</summary>
public readonly record struct ModelBatch(int Number, int Token);

/// <summary>
/// The live store of the model. A holder has some stays, a stay four events; which of them are known is a set of bits, whatever order they
/// came in. A value, so that a copy is the value.
/// </summary>
/// <param name="Timelines">Version and events by holder.</param>
/// <param name="Listed">The list of changed timelines: holder and newest version.</param>
/// <param name="Acknowledged">By partition, the last batch that was acknowledged.</param>
public sealed record ModelStore(
    ImmutableDictionary<int, (int Version, ImmutableDictionary<int, int> Stays)> Timelines,
    ImmutableDictionary<int, int> Listed,
    ImmutableDictionary<int, ModelBatch> Acknowledged)
{
    public const int Partitions = 2;

    public const int EntryEvent = 1;
    public const int ExitEvent = 2;
    public const int PassedEvent = 4;
    public const int BackedOutEvent = 8;

    public static readonly ModelStore Empty = new(
        ImmutableDictionary<int, (int, ImmutableDictionary<int, int>)>.Empty,
        ImmutableDictionary<int, int>.Empty,
        ImmutableDictionary<int, ModelBatch>.Empty);

    public static int PartitionOf(int holder) => holder % Partitions;

    public (int Version, ImmutableDictionary<int, int> Stays) Load(int holder) =>
        Timelines.GetValueOrDefault(holder, (0, ImmutableDictionary<int, int>.Empty));

    /// <summary>A commit: the next version, and the list names it.</summary>
    public ModelStore Commit(int holder, ImmutableDictionary<int, int> stays)
    {
        var version = Load(holder).Version + 1;
        return this with { Timelines = Timelines.SetItem(holder, (version, stays)), Listed = Listed.SetItem(holder, version) };
    }

    /// <summary>
    /// Acknowledges a batch: removes what is still listed at the version at which it was listed, if the last batch acknowledged is still
    /// the expected one.
    /// </summary>
    public ModelStore Acknowledge(
        int partition, ModelBatch? expected, ModelBatch batch, IEnumerable<KeyValuePair<int, int>> handled, DrainRules rules)
    {
        if (Last(partition) != expected && !rules.AcknowledgesBlindly)
        {
            return this;
        }

        return this with
        {
            Acknowledged = Acknowledged.SetItem(partition, batch),
            Listed = Listed.RemoveRange(handled.Where(entry => Listed.Contains(entry)).Select(entry => entry.Key)),
        };
    }

    public ModelBatch? Last(int partition) => Acknowledged.TryGetValue(partition, out var last) ? last : null;

    /// <summary>
    /// The stays that follow from the events: named by their first event, with all that is known of them. An exit whose entry is not known,
    /// or backed out, is a stay of its own; so stays come and go as events arrive.
    /// </summary>
    public static Dictionary<ModelStay, int> Fold(int holder, ImmutableDictionary<int, int> stays)
    {
        var found = new Dictionary<ModelStay, int>();
        foreach (var (stay, known) in stays)
        {
            var entered = (known & EntryEvent) != 0 && (known & BackedOutEvent) == 0;
            if (entered)
            {
                found.Add(new(holder, stay, EntryEvent), known);
            }
            else if ((known & ExitEvent) != 0)
            {
                found.Add(new(holder, stay, ExitEvent), known & ExitEvent);
            }
        }

        return found;
    }
}

/// <summary>The name of a stay: its first event.</summary>
public readonly record struct ModelStay(int Holder, int Stay, int FirstEvent);

/// <summary>The rules of the drain. All false is the real one; each of the others is wrong, and the model must show it.</summary>
public sealed record DrainRules
{
    /// <summary>A state is written if none is there for this stay at this version of the live store.</summary>
    public bool KeysByVersion { get; init; }

    /// <summary>The head of the partition is not compared when a batch is committed.</summary>
    public bool WritesBlindly { get; init; }

    /// <summary>What is listed is removed whatever was acknowledged meanwhile.</summary>
    public bool AcknowledgesBlindly { get; init; }

    /// <summary>A batch that the archive does not know is no reason to go through the partition.</summary>
    public bool IgnoresTokens { get; init; }

    /// <summary>Another epoch is no reason to go through the partition.</summary>
    public bool IgnoresEpochs { get; init; }
}
