namespace Parking.BackOffice.Tests.Archive.Model;

/// <summary>The world of the model: a live store, an archive, two drains, and gates that send again what was lost.</summary>
/// <remarks>
/// A drain is a walk of steps, between which anything may happen. Each step reads or writes one of the two sides. It is the algorithm of
/// the real drain and nothing else: <c>ArchiveDrain</c> says in prose what each step is for.
/// </remarks>
public sealed class DrainModel
{
    private const int Holders = 4;
    private const int StaysPerHolder = 3;
    private const int Drains = 2;

    /// <summary>How many timelines a batch has at most.</summary>
    private const int BatchSize = 2;

    private static readonly int[] Events =
        [ModelStore.EntryEvent, ModelStore.ExitEvent, ModelStore.PassedEvent, ModelStore.BackedOutEvent];

    private readonly Random _random;
    private readonly DrainRules _rules;
    private readonly IEnumerator<bool>?[] _drains = new IEnumerator<bool>?[Drains];
    private readonly int[] _knownEpochs = new int[Drains];
    private readonly HashSet<(int Holder, int Stay, int Event)> _reported = [];
    private readonly HashSet<(int Holder, int Stay)> _old = [];
    private ModelStore _store = ModelStore.Empty;
    private ModelArchive _archive = ModelArchive.Empty;
    private ModelStore? _storeCopy;
    private ModelArchive? _archiveCopy;
    private int _epoch = 1;
    private int _tokens;

    public DrainModel(Random random, DrainRules rules)
    {
        _random = random;
        _rules = rules;
        Array.Fill(_knownEpochs, _epoch);
    }

    public void Move(DrainMove move)
    {
        switch (move.Kind)
        {
            case DrainMoveKind.Event:
                Report(move.Number % Holders, move.Detail % StaysPerHolder, Events[move.Detail / StaysPerHolder % Events.Length]);
                break;
            case DrainMoveKind.Step:
                Step(move.Number % Drains);
                break;
            case DrainMoveKind.Kill:
                _drains[move.Number % Drains] = null;
                break;
            case DrainMoveKind.Probe:
                _knownEpochs[move.Number % Drains] = _epoch;
                break;
            case DrainMoveKind.Resend:
                Resend(move.Detail);
                break;
            case DrainMoveKind.Age:
                _old.UnionWith(_reported.Where(one => one.Event == ModelStore.ExitEvent).Select(one => (one.Holder, one.Stay)));
                break;
            case DrainMoveKind.Trim:
                Trim(move.Number % Holders);
                break;
            case DrainMoveKind.CopyArchive:
                _archiveCopy = _archive;
                break;
            case DrainMoveKind.RestoreArchive:
                _archive = _archiveCopy ?? _archive;
                break;
            case DrainMoveKind.CopyStore:
                _storeCopy = _store;
                break;
            case DrainMoveKind.RestoreStore:
                (_store, _epoch) = (_storeCopy ?? _store, _epoch + 1);
                break;
            case DrainMoveKind.EmptyStore:
                (_store, _epoch) = (ModelStore.Empty, _epoch + 1);
                break;
        }
    }

    /// <summary>Lets gates send all that was lost, and the drains go on until nothing is left to do.</summary>
    /// <returns>What is wrong then; null if nothing is.</returns>
    public string? Finish()
    {
        while (Resend(0))
        {
        }

        Array.Fill(_knownEpochs, _epoch);
        var before = _archive;
        for (var quiet = 0; quiet < 400; quiet++)
        {
            Step(quiet % Drains);
            quiet = before == _archive && _store.Listed.Count == 0 ? quiet : 0;
            before = _archive;
        }

        return Compare();
    }

    private string? Compare()
    {
        var folded = _store.Timelines.SelectMany(one => ModelStore.Fold(one.Key, one.Value.Stays)).ToDictionary();
        foreach (var (stay, facts) in folded)
        {
            var archived = _archive.Stays.GetValueOrDefault(stay, []);
            if (archived.Count == 0 || archived[^1] != facts)
            {
                return $"{stay}: {facts} in the timeline, {(archived.Count == 0 ? "nothing" : archived[^1])} in the archive";
            }
        }

        foreach (var (stay, states) in _archive.Stays)
        {
            if (states.Zip(states.Skip(1)).Any(pair => pair.First == pair.Second))
            {
                return $"{stay}: doubled in {string.Join(',', states)}";
            }

            var isThere = (_store.Load(stay.Holder).Stays.GetValueOrDefault(stay.Stay) & stay.FirstEvent) != 0;
            if (isThere && !folded.ContainsKey(stay) && states[^1] != ModelArchive.Gone)
            {
                return $"{stay}: {states[^1]} in the archive, and did not happen";
            }
        }

        return null;
    }

    private void Report(int holder, int stay, int added)
    {
        if (!_old.Contains((holder, stay)) && _reported.Add((holder, stay, added)))
        {
            Put(holder, stay, added);
        }
    }

    private void Put(int holder, int stay, int added)
    {
        var stays = _store.Load(holder).Stays;
        _store = _store.Commit(holder, stays.SetItem(stay, stays.GetValueOrDefault(stay) | added));
    }

    private bool Resend(int which)
    {
        var lost = _reported.Where(one => !_old.Contains((one.Holder, one.Stay))
            && (_store.Load(one.Holder).Stays.GetValueOrDefault(one.Stay) & one.Event) == 0).Order().ToList();
        if (lost.Count == 0)
        {
            return false;
        }

        var (holder, stay, added) = lost[which % lost.Count];
        Put(holder, stay, added);
        return true;
    }

    private void Trim(int holder)
    {
        var stays = _store.Load(holder).Stays;
        var kept = stays.RemoveRange(stays.Keys.Where(stay => _old.Contains((holder, stay))));
        if (kept.Count < stays.Count)
        {
            _store = _store.Commit(holder, kept);
        }
    }

    private void Step(int drain)
    {
        var steps = _drains[drain] ??= Drain(drain).GetEnumerator();
        if (!steps.MoveNext())
        {
            _drains[drain] = null;
        }
    }

    /// <summary>One round of a drain. Between two steps, at each <c>yield</c>, it may be killed, and anything may happen.</summary>
    private IEnumerable<bool> Drain(int drain)
    {
        var partition = _random.Next(ModelStore.Partitions);
        var epoch = _knownEpochs[drain];
        var listed = _store.Listed.Where(entry => ModelStore.PartitionOf(entry.Key) == partition)
            .OrderBy(_ => _random.Next()).Take(BatchSize).ToList();
        var acknowledged = _store.Last(partition);
        yield return true;

        var head = _archive.Head(partition);
        var isInStep = head is not null
            && (head.Value.Epoch == epoch || _rules.IgnoresEpochs)
            && (_archive.Knows(partition, acknowledged) || _rules.IgnoresTokens);
        yield return true;

        if (!isInStep)
        {
            foreach (var step in GoThrough(partition, epoch, acknowledged))
            {
                yield return step;
            }

            yield break;
        }

        if (listed.Count == 0)
        {
            yield break;
        }

        var timelines = new List<(int, int, System.Collections.Immutable.ImmutableDictionary<int, int>)>();
        foreach (var (holder, _) in listed)
        {
            var (version, stays) = _store.Load(holder);
            timelines.Add((holder, version, stays));
            yield return true;
        }

        var batch = Next(head, acknowledged);
        if (_archive.Commit(partition, head, (batch, head!.Value.Epoch), timelines, _rules) is not { } committed)
        {
            yield break;
        }

        _archive = committed;
        yield return true;

        _store = _store.Acknowledge(partition, acknowledged, batch, listed, _rules);
    }

    /// <summary>Goes through all timelines of a partition, in whatever state it is.</summary>
    private IEnumerable<bool> GoThrough(int partition, int epoch, ModelBatch? acknowledged)
    {
        var holders = _store.Timelines.Keys.Where(holder => ModelStore.PartitionOf(holder) == partition)
            .OrderBy(_ => _random.Next()).ToList();
        ModelBatch? own = null;
        yield return true;

        for (var i = 0; i <= holders.Count; i++)
        {
            var head = _archive.Head(partition);
            if (own is not null && !_archive.Knows(partition, own))
            {
                // The archive was put back to before what this walk has written.
                yield break;
            }

            yield return true;

            // After the last one, the epoch is noted.
            var isLast = i == holders.Count;
            var timelines = new List<(int, int, System.Collections.Immutable.ImmutableDictionary<int, int>)>();
            if (!isLast)
            {
                var (version, stays) = _store.Load(holders[i]);
                timelines.Add((holders[i], version, stays));
                yield return true;
            }

            var batch = Next(head, acknowledged);
            if (_archive.Commit(partition, head, (batch, isLast ? epoch : head?.Epoch ?? 0), timelines, _rules) is { } committed)
            {
                _archive = committed;
                own = batch;
            }
            else
            {
                i--;
            }

            yield return true;
        }

        _store = _store.Acknowledge(partition, acknowledged, own!.Value, [], _rules);
    }

    /// <summary>A batch with a number above all that either side knows of, and a token that no other batch has.</summary>
    private ModelBatch Next((ModelBatch Batch, int Epoch)? head, ModelBatch? acknowledged) =>
        new(Math.Max(head?.Batch.Number ?? 0, acknowledged?.Number ?? 0) + 1, ++_tokens);
}
