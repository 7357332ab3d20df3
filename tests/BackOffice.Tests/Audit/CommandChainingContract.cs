using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Audit;
using Parking.BackOffice.Tests.Cases;
using Parking.BackOffice.Tests.Infrastructure;
using Parking.Codes;
using Parking.Commands;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Ports;

namespace Parking.BackOffice.Tests.Audit;

/// <summary>Commands come into the chain once, whatever is killed between the two stores.</summary>
public abstract class CommandChainingContract(SqlUnderTest sql) : AuditContract(sql)
{
    private const string Stay = "4be1c6f0a7d94f0f8f2c1a5d3e6b7a90";

    private static readonly FacilityId Facility = new("hsp");

    private static readonly CommandRecord Queued = new()
    {
        Id = CommandId.Parse("01JTCWB2X0S3K7N5Q8V1R4T6YZ"),
        Gate = new("hsp-out-1"),
        Command = BarrierCommand.OpenOnce,
        Stay = Stay,
        Reason = "phone is broken",
        Staff = "s-1042",
        Duty = "operate@facility:hsp",
        QueuedAt = Instant.FromUtc(2026, 5, 4, 8, 29),
    };

    private static readonly CommandRecord Granted = Queued with { Grant = new(new(1), 1, Queued.QueuedAt + Duration.FromSeconds(1)) };

    private static readonly CommandRecord NotObeyed =
        Granted with { End = new(Queued.QueuedAt + Duration.FromSeconds(2), CommandObstacle.BarrierFault) };

    private readonly Backlog _backlog = new();

    private CommandChaining Chaining => new(
        _backlog, Chain, new ArchiveKeys(new byte[32]), NullLogger<CommandChaining>.Instance);

    [Fact]
    public async Task Versions_BecomeAnIntentAndItsOutcomes_AtTheirTimes()
    {
        _backlog.Add(Queued, Granted, NotObeyed);

        Assert.Equal(3, await Chaining.ChainAsync(Facility, Cancel));

        var entries = await EntriesAsync();
        Assert.Empty(_backlog.Waiting);
        Assert.Equal(["intent", "outcome", "outcome"], entries.Select(entry => entry.Kind));
        Assert.Equal([null, "granted", "not_obeyed:barrier_fault"], entries.Select(entry => entry.Result));
        Assert.Equal([null, 1L, 1L], entries.Select(entry => entry.Intent));
        Assert.All(entries, entry => Assert.Equal(
            ("open_once", "gate:hsp-out-1", "hsp", "s-1042", "operate@facility:hsp"),
            (entry.Act, entry.Target, entry.Facility, entry.Staff, entry.Duty)));
        Assert.Equal([0, 1, 2], entries.Select(entry => (entry.At - entries[0].At) / 1_000_000));
        Assert.DoesNotContain(entries, entry => entry.HashedText().Contains(Stay, StringComparison.Ordinal));
    }

    /// <summary>The process died after it had entered them, and before the live store forgot them.</summary>
    [Fact]
    public async Task Versions_ThatWereEntered_AreNotEnteredAgain()
    {
        _backlog.Add(Queued, Granted);
        _backlog.IsKilled = true;
        await Assert.ThrowsAsync<IOException>(() => Chaining.ChainAsync(Facility, Cancel));
        _backlog.IsKilled = false;
        _backlog.Add(NotObeyed);

        await Chaining.ChainAsync(Facility, Cancel);

        Assert.Equal(3, (await EntriesAsync()).Count);
        Assert.Empty(_backlog.Waiting);
        Assert.True((await VerifyAsync()).IsIntact);
    }

    [Fact]
    public async Task Versions_ThatCannotBeRead_Wait_AndTheOthersDoNot()
    {
        _backlog.Waiting.AddRange(Enumerable.Repeat(new UnchainedCommand(1, new byte[] { 1 }), 70));
        _backlog.Add([.. Enumerable.Range(0, 100).Select(n => Queued with
        {
            Id = CommandId.Parse($"01JTCWB2X0S3K7N5Q8V1R4{n:0000}"),
        })]);

        Assert.Equal(100, await Chaining.ChainAsync(Facility, Cancel));

        Assert.Equal(70, _backlog.Waiting.Count);
    }

    /// <summary>Which stay it was about is forgotten with the stay's holder; that somebody opened the barrier is not.</summary>
    [Fact]
    public async Task Detail_OfAStayWhoseHolderIsErased_IsErased()
    {
        var archived = new ArchiveKeys(new byte[32]).StayOf(CodeId.Parse(Stay));
        await Database.WriteAsync(
            async db =>
            {
                await db.ExecuteAsync("INSERT INTO subjects (holder, subject, content) VALUES (7, 's', 0)");
                return await db.ExecuteAsync(
                    """
                    INSERT INTO stays (stay, holder, vehicle, event, facility, began_at, ending, state, doubts, revision, facts)
                    VALUES (@archived, 7, 1, @none, 'hsp', 0, 0, 1, 0, 0, @none)
                    """,
                    new { archived, none = Array.Empty<byte>() });
            },
            Cancel);
        _backlog.Add(Queued, Queued with { Id = CommandId.Parse("01JTCWB2X0S3K7N5Q8V1R40000"), Stay = null });
        await Chaining.ChainAsync(Facility, Cancel);

        var counted = new CountedWrites(Database);
        var chain = new AuditChain(counted, Clock);

        Assert.Equal(0, await Chain.EraseAsync(new HolderId(8)));
        Assert.Equal((0, 0), (await chain.EraseHiddenAsync(), counted.Writes));
        await Database.WriteAsync(db => db.ExecuteAsync("UPDATE subjects SET hidden_at = 1"), Cancel);
        Assert.Equal((1, 1), (await chain.EraseHiddenAsync(), counted.Writes));
        Assert.Equal((0, 1), (await chain.EraseHiddenAsync(), counted.Writes));
        Assert.Equal(0, await Chain.EraseAsync(new HolderId(7)));

        var found = await VerifyAsync();
        Assert.Equal((true, 1L), (found.IsIntact, found.Erased));
    }

    /// <summary>The live store's list of one facility.</summary>
    private sealed class Backlog : ICommandStore
    {
        public List<UnchainedCommand> Waiting { get; } = [];

        public bool IsKilled { get; set; }

        public void Add(params CommandRecord[] commands) => Waiting.AddRange(commands.Select(command => new UnchainedCommand(
            1 + (command.Grant is null ? 0 : 1) + (command.End is null ? 0 : 1), CommandCodec.Encode(command))));

        public Task<IReadOnlyList<UnchainedCommand>> UnchainedAsync(FacilityId facility, int limit) =>
            Task.FromResult<IReadOnlyList<UnchainedCommand>>([.. Waiting.Take(limit)]);

        public Task RemoveUnchainedAsync(FacilityId facility, IReadOnlyList<UnchainedCommand> chained)
        {
            if (IsKilled)
            {
                throw new IOException("killed");
            }

            Waiting.RemoveAll(chained.Contains);
            return Task.CompletedTask;
        }

        public Task<StoredCommand> LoadAsync(FacilityId facility, CommandId command) => throw new NotSupportedException();

        public Task<bool> CommitAsync(
            FacilityId facility, GateId gate, CommandId command, long expectedVersion, ReadOnlyMemory<byte> content, Instant? waitsUntil) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<ReadOnlyMemory<byte>>> WaitingAsync(FacilityId facility, GateId gate, Instant now) =>
            throw new NotSupportedException();

        public Task ForgetCommandsAsync(Instant changedBy) => throw new NotSupportedException();

        public Task<IDisposable> WatchAsync(FacilityId facility, Action<CommandId?> changed) => throw new NotSupportedException();
    }
}

public sealed class SqliteCommandChaining() : CommandChainingContract(new SqliteUnderTest());

public sealed class PostgresCommandChaining(SharedPostgres shared) : CommandChainingContract(new PostgresUnderTest(shared));
