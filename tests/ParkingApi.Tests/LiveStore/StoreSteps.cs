using CsCheck;
using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.Ports;
using static Parking.Api.Tests.LiveStore.Sample;

namespace Parking.Api.Tests.LiveStore;

/// <summary>Random steps with so few names that they often meet, and the outcome of each step in words that can be compared.</summary>
internal static class StoreSteps
{
    private const int Facilities = 2;
    private const int Holders = 3;
    private const int MaxSeq = 5;

    private static readonly Gen<int> Facility = Gen.Int[0, Facilities - 1];
    private static readonly Gen<int> Holder = Gen.Int[0, Holders - 1];
    private static readonly Gen<long> Seq = Gen.Long[1, MaxSeq];
    private static readonly Gen<int> Gate = Gen.Int[0, 1];
    private static readonly Gen<Fingerprint> Contents = Gen.Frequency((9, Gen.Const(Content)), (1, Gen.Const(OtherContent)));
    private static readonly Gen<string> Answer = Gen.OneOf("open", "refuse", "");

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (6, Gen.Select(Facility, Gate, Seq, Contents, Gen.Int[-1, 3], Gen.Long[0, MaxSeq], Gen.Int[0, 9]).Select(
            (f, g, seq, content, capacity, replaces, minute) => new Step(
                $"reserve {f} {g}/{seq} {content} capacity {capacity} replaces {replaces} at {minute}", async (store, names) =>
                {
                    var pending = new PendingEvent(
                        names.Scan(g, seq), names.Holder((int)seq % Holders), content, Noon + Duration.FromMinutes(minute));
                    SpaceRequest? space = capacity == 3
                        ? null
                        : new(capacity < 0 ? null : capacity, replaces == 0 ? null : names.Scan(0, replaces));
                    var reserved = await store.ReserveAsync(names.Facility(f), pending, space);
                    return $"{reserved.Status} {Text(reserved.Answer)} {reserved.AcknowledgedThrough} beside {reserved.OthersTaken}";
                }))),
        (6, Gen.Select(Facility, Gate, Seq, Contents, Answer, Gen.Long[0, MaxSeq]).Select((f, g, seq, content, answer, giveBack) =>
            new Step($"mark {f} {g}/{seq} {content} {answer} gives back {giveBack}", async (store, names) =>
            {
                GateEventId[] spaces = giveBack == 0 ? [] : [names.Scan(0, giveBack), names.Scan(1, giveBack)];
                var marked = await store.MarkAsync(names.Facility(f), names.Scan(g, seq), content, Bytes(answer), spaces);
                return $"{marked.Status} {Text(marked.Answer)} {marked.AcknowledgedThrough}";
            }))),
        (2, Gen.Select(Facility, Gate, Seq.Array[0, 3]).Select((f, g, seqs) =>
            new Step($"look up {f} {g}/{string.Join('+', seqs)}", async (store, names) =>
            {
                var view = await store.LookUpAsync(names.Facility(f), names.Gate(g), Journal, seqs);
                var answers = view.Answers.Select(kept => kept is { } one ? $"{one.Content}={Text(one.Answer)}" : "none");
                return $"{view.AcknowledgedThrough} {string.Join(' ', answers)}";
            }))),
        (2, Gen.Select(Facility, Gate, Seq, Gen.Int[0, 3]).Select((f, g, seq, lag) =>
            new Step($"abandon {f} {g}/{seq} {lag} late", async (store, names) =>
            {
                // As listed, or (if late) as it was listed earlier.
                var pending = await store.PendingAsync(names.Facility(f), Instant.MaxValue, int.MaxValue);
                var listed = pending.SingleOrDefault(
                    scan => scan.Scan == names.Scan(g, seq), new(names.Scan(g, seq), names.Holder(0), Content, Noon));
                var late = listed with { ReservedAt = listed.ReservedAt - Duration.FromMinutes(lag / 2) };
                return $"{await store.AbandonAsync(names.Facility(f), late)}";
            }))),
        (1, Gen.Select(Facility, Gate, Seq).Select((f, g, seq) => new Step($"give back {f} {g}/{seq} and 1", async (store, names) =>
            $"{await store.GiveBackAsync(names.Facility(f), [names.Scan(g, seq), names.Scan(g, 1)])}"))),
        (1, Gen.Select(Facility, Gate, Seq).Select((f, g, seq) => new Step($"restore {f} {g}/{seq} and 2", async (store, names) =>
            $"{await store.RestoreAsync(names.Facility(f), names.Holder(0), [names.Scan(g, seq), names.Scan(g, 2)])}"))),
        (1, Gen.Select(Facility, Gate, Seq.Array[0, 3]).Select((f, g, known) =>
            new Step($"acknowledge {f} {g}/{string.Join('+', known)}", async (store, names) =>
            {
                await store.AcknowledgeAsync(names.Facility(f), names.Gate(g), Journal, known);
                return "";
            }))),
        (1, Gen.Select(Facility, Gate, Seq).Select((f, g, seq) => new Step($"pass over {f} {g} through {seq}", async (store, names) =>
            $"{await store.PassOverAsync(names.Facility(f), names.Gate(g), Journal, seq)}"))),
        (4, Gen.Select(Holder, Gen.Long[0, 3], Answer).Select((h, version, content) =>
            new Step($"commit {h} {version} {content}", async (store, names) =>
                $"{await store.CommitAsync(names.Holder(h), version, Bytes(content))}"))),
        (1, Gen.Select(Facility, Gen.Bool).Select((f, closes) => new Step($"close {f} {closes}", async (store, names) =>
        {
            await store.SetClosedAsync(names.Facility(f), closes);
            return "";
        }))),
        (2, Facility.Select(f => new Step($"count {f}", async (store, names) =>
            string.Join(' ', await store.CountSpacesAsync([names.Facility(f), names.Facility(0)]))))),
        (2, Gen.Select(Facility, Gen.Int[0, 9], Gen.Int[1, 3]).Select((f, minute, limit) =>
            new Step($"pending {f} by {minute} limit {limit}", async (store, names) =>
            {
                var pending = await store.PendingAsync(names.Facility(f), Noon + Duration.FromMinutes(minute), limit);
                return string.Join(' ', pending.Select(scan => scan.ReservedAt));
            }))),
        (1, Holder.Select(h => new Step($"drain {h}", async (store, names) =>
        {
            var own = (await OutgoingAsync(store, names)).Where(entry => entry.Holder == names.Holder(h)).ToList();
            await store.RemoveOutgoingAsync(own);
            return string.Join(' ', own);
        }))));

    public static readonly Gen<Step[]> Sequences = Steps.Array[1, 60];

    /// <summary>Everything that a store tells about these names.</summary>
    public static async Task<string> DescribeAsync(ILiveStore store, Names names)
    {
        var lines = new List<string>();
        for (var f = 0; f < Facilities; f++)
        {
            var facility = names.Facility(f);
            var spaces = await store.SpacesAsync(facility, CancellationToken.None).ToHashSetAsync();
            var pending = await store.PendingAsync(facility, Instant.MaxValue, int.MaxValue);
            var scans = Enumerable.Range(1, MaxSeq).SelectMany(seq => new[] { names.Scan(0, seq), names.Scan(1, seq) }).ToList();
            lines.Add($"places {string.Join(' ', spaces.OrderBy(space => space.Scan))}");
            var glance = (await store.GlanceAsync([facility]))[0];
            lines.Add($"counted {(await store.CountSpacesAsync([facility]))[0]}, closed {glance.IsClosed}, changes {glance.Changes}");
            lines.Add($"taken {string.Join(' ', await store.AreTakenAsync(facility, scans))}");
            lines.Add($"pending {string.Join(' ', pending.OrderBy(scan => scan.Scan))}");
            foreach (var scan in scans)
            {
                var reserved = await store.ReserveAsync(facility, new(scan, names.Holder(0), Content, Noon), null);
                lines.Add($"{scan} {reserved.Status} {Text(reserved.Answer)} {reserved.AcknowledgedThrough}");
            }
        }

        for (var h = 0; h < Holders; h++)
        {
            var loaded = await store.LoadAsync(names.Holder(h));
            lines.Add($"timeline {loaded.Version} {Text(loaded.Content)}");
        }

        lines.Add($"outgoing {string.Join(' ', (await OutgoingAsync(store, names)).OrderBy(entry => entry.Holder.Value))}");
        return string.Join('\n', lines);
    }

    private static async Task<IEnumerable<OutgoingEntry>> OutgoingAsync(ILiveStore store, Names names) =>
        (await store.OutgoingAsync(int.MaxValue)).Where(entry => Enumerable.Range(0, Holders).Any(h => names.Holder(h) == entry.Holder));

    internal sealed record Step(string Description, Func<ILiveStore, Names, Task<string>> Run)
    {
        public Task<string> RunAsync(ILiveStore store, Names names) => Run(store, names);

        public override string ToString() => Description;
    }

    /// <summary>The names one sequence uses, and no other does.</summary>
    internal sealed record Names(int Round)
    {
        public FacilityId Facility(int index) => new($"round-{Round}-{index}");

        public GateId Gate(int index) => new($"gate-{index}");

        public GateEventId Scan(int gate, long seq) => new(Gate(gate), Journal, seq);

        public HolderId Holder(int index) => new(((ulong)Round * Holders) + (ulong)index);
    }
}
