using System.Collections.Immutable;

namespace Parking.BackOffice.Tests.Archive.Model;

/// <summary>The archive of the model. A value, so that a copy is the value.</summary>
/// <param name="Heads">By partition: the last batch, and the epoch of the live store in which all its timelines were gone through.</param>
/// <param name="Batches">The batches that were committed.</param>
/// <param name="Stays">By stay, what was archived of it, oldest first.</param>
/// <param name="Versions">For a drain that keys by version: the version of the live store that each state has.</param>
public sealed record ModelArchive(
    ImmutableDictionary<int, (ModelBatch Batch, int Epoch)> Heads,
    ImmutableHashSet<(int Partition, ModelBatch Batch)> Batches,
    ImmutableDictionary<ModelStay, ImmutableList<int>> Stays,
    ImmutableDictionary<(ModelStay Stay, int Version), int> Versions)
{
    /// <summary>What is archived of a stay that is part of another, or that did not happen.</summary>
    public const int Gone = -1;

    public static readonly ModelArchive Empty = new(
        ImmutableDictionary<int, (ModelBatch, int)>.Empty, [], ImmutableDictionary<ModelStay, ImmutableList<int>>.Empty,
        ImmutableDictionary<(ModelStay, int), int>.Empty);

    public (ModelBatch Batch, int Epoch)? Head(int partition) => Heads.TryGetValue(partition, out var head) ? head : null;

    public bool Knows(int partition, ModelBatch? batch) => batch is null || Batches.Contains((partition, batch.Value));

    /// <summary>
    /// A transaction: if the head is still the expected one, the batch is the head, and what differs is appended for each timeline.
    /// </summary>
    /// <returns>Null if the head is another: then nothing changed.</returns>
    public ModelArchive? Commit(
        int partition,
        (ModelBatch Batch, int Epoch)? expected,
        (ModelBatch Batch, int Epoch) head,
        IEnumerable<(int Holder, int Version, ImmutableDictionary<int, int> Stays)> timelines,
        DrainRules rules)
    {
        if (Head(partition) != expected && !rules.WritesBlindly)
        {
            return null;
        }

        var next = this with { Heads = Heads.SetItem(partition, head), Batches = Batches.Add((partition, head.Batch)) };
        foreach (var (holder, version, stays) in timelines)
        {
            next = next.With(holder, version, stays, rules);
        }

        return next;
    }

    private ModelArchive With(int holder, int version, ImmutableDictionary<int, int> timeline, DrainRules rules)
    {
        var next = this;
        var fold = ModelStore.Fold(holder, timeline);
        var known = Stays.Keys.Where(stay => stay.Holder == holder).Concat(fold.Keys).Distinct();
        foreach (var stay in known)
        {
            var isThere = (timeline.GetValueOrDefault(stay.Stay) & stay.FirstEvent) != 0;
            if (fold.TryGetValue(stay, out var facts))
            {
                next = next.Append(stay, version, facts, rules);
            }
            else if (isThere)
            {
                next = next.Append(stay, version, Gone, rules);
            }

            // Otherwise its events are gone, and it stays as it is.
        }

        return next;
    }

    private ModelArchive Append(ModelStay stay, int version, int facts, DrainRules rules)
    {
        var states = Stays.GetValueOrDefault(stay, []);
        if ((states.Count > 0 && states[^1] == facts) || (rules.KeysByVersion && Versions.ContainsKey((stay, version))))
        {
            return this;
        }

        return this with { Stays = Stays.SetItem(stay, states.Add(facts)), Versions = Versions.SetItem((stay, version), facts) };
    }
}
