using NodaTime;
using NodaTime.Extensions;
using Parking.Codes;
using Parking.Commands;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.ScannerSim.Tests.Gates;
using Parking.Stays;
using Parking.Stores.Sqlite;
using FacilityGate = Parking.Facilities.Gate;

namespace Parking.ScannerSim.Tests.Commands;

/// <summary>The service's side of commands on a real store. It can be restarted at any moment.</summary>
internal sealed class CommandService : ICommandWitness, IDisposable
{
    private readonly TempFolder _folder = new();
    private SqliteDatabase _database = null!;

    public CommandService(TimeProvider real, TimeSpan skew)
    {
        Clock = new SkewedTime(real) { Skew = skew };
        Start();
    }

    /// <summary>The service's clock. It may be an hour wrong, and instances differ by less than a second.</summary>
    public SkewedTime Clock { get; }

    public Instant Now => Clock.GetUtcNow().ToInstant();

    public FacilityGate Gate { get; } = new(new("north-out-1"), GateDirection.Exit, new()
    {
        Id = new("north"),
        District = new("all"),
        Name = new("北", "North"),
        Capacity = 10,
        EnforcesCapacity = true,
        MissedEntry = MissedEntryPolicy.Open,
        TimeZone = DateTimeZone.Utc,
    });

    public GateCommands Commands { get; private set; } = null!;

    /// <summary>Begins again on what is in the store.</summary>
    public void Restart(TimeSpan skew)
    {
        _database.Dispose();
        Clock.Skew = skew;
        Start();
    }

    /// <summary>The commands that wait for the gate, but for those that it has seen.</summary>
    public Task<IReadOnlyList<CommandRecord>> WaitingAsync(HashSet<string> seen) => ServeAsync<IReadOnlyList<CommandRecord>>(
        async () => [.. (await Commands.WaitingAsync(Gate)).Where(command => !seen.Contains(command.Id.Value))]);

    public Task<CommandClaimAnswer> ClaimAsync(CommandId command, CommandClaim claim) => ServeAsync(async () =>
    {
        var refusal = await Commands.ClaimAsync(Gate, command, JournalId.Parse(claim.Journal), claim.Seq);
        return new CommandClaimAnswer { Time = Now, Granted = refusal is null, Refusal = refusal };
    });

    /// <summary>What the service makes of events about commands.</summary>
    public Task TakeInAsync(JournalId journal, ReportedEvent reported) => ServeAsync(async () =>
    {
        await (reported switch
        {
            ReportedAct { Command: { } command } => Commands.NoteDoneAsync(Gate, CommandId.Parse(command)),
            ReportedCommand { Step: CommandStep.Done } done => Commands.NoteDoneAsync(Gate, CommandId.Parse(done.Command)),
            ReportedCommand { Obstacle: { } obstacle } one =>
                Commands.NoteNotDoneAsync(Gate, CommandId.Parse(one.Command), obstacle, journal, one.Claim),
            _ => Task.CompletedTask,
        });
        return true;
    });

    public void Changed(FacilityGate gate, CommandRecord command)
    {
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    private void Start()
    {
        _database = new SqliteDatabase(_folder.PathOf("parking.db"), Clock, isSimulation: true);
        Commands = new GateCommands(
            new SqliteCommandStore(_database, Clock),
            new SqliteLiveStore(_database, Clock),
            new StayNames(new CodeSeal(new byte[CodeSeal.KeySize])),
            this,
            Clock.ToClock());
    }

    private static async Task<T> ServeAsync<T>(Func<Task<T>> serve)
    {
        try
        {
            return await serve();
        }
        catch (ObjectDisposedException e)
        {
            throw new HttpRequestException("the service was restarted", e);
        }
    }
}
