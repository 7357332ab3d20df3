using NodaTime;
using Parking.Simulation.Replay.Faults;

namespace Parking.Simulation.Replay.Driving;

/// <summary>Makes the planned faults happen.</summary>
/// <param name="planned">All faults of the replay.</param>
/// <param name="agenda">Runs their beginnings and ends.</param>
/// <param name="target">The service and its store.</param>
/// <param name="world">The gates.</param>
/// <param name="recorder">Records the faults.</param>
/// <param name="rhythm">How soon gates notice what happened to the store.</param>
internal sealed class ReplayFaults(
    IReadOnlyList<PlannedFault> planned, Agenda agenda, ReplayTarget target, ReplayWorld world, ReplayRecorder recorder,
    ReplayRhythm rhythm)
{
    /// <summary>
    /// How much of its last writes a store loses. Gates send again what was acknowledged in the last minute, so this must be less.
    /// </summary>
    private static readonly Duration LostTail = Duration.FromSeconds(20);

    /// <summary>
    /// How long after an outage the service may still answer with errors. It reconnects to its store in real time, while the trace's time
    /// is faster.
    /// </summary>
    private static readonly Duration ToItsFeet = Duration.FromMinutes(2);

    /// <summary>
    /// How long before its line is mended the disk of a gate is damaged: longer than a code lives. Then the gate has no event left on whose
    /// code the service would still decide.
    /// </summary>
    private static readonly Duration DamagedBefore = Duration.FromMinutes(5);

    /// <summary>Puts all of them on the agenda.</summary>
    public void Schedule()
    {
        foreach (var fault in planned)
        {
            Schedule(fault);
        }
    }

    private void Schedule(PlannedFault fault)
    {
        if (fault.Kind == FaultKind.LoseTail)
        {
            agenda.Add(new(fault.At - LostTail, world.Everything, _ =>
            {
                target.NoteWritten();
                return Task.CompletedTask;
            }));
        }
        if (fault.IsOutage)
        {
            // Fetching runs before everything else of that instant. The kill then runs concurrently with the events of that instant.
            agenda.Add(new(fault.At, world.Everything, cancelled => fault.Kind == FaultKind.LongOutage
                ? world.KeepLastCodesAsync(fault.Until, cancelled)
                : world.MintAheadAsync(fault.Until, cancelled)));
        }
        if (fault.Kind == FaultKind.DamageJournal)
        {
            agenda.Add(new(fault.Until - DamagedBefore, [fault.Gate!], _ => DamageAsync(fault)));
        }
        // What was emptied must be noticed before anybody asks for it.
        IReadOnlyList<string> subjects = fault.Kind is FaultKind.EmptyStore or FaultKind.RemoveDevice or FaultKind.SixthDevice
            ? world.Everything
            : [fault.Gate ?? ReplayWorld.Service];
        agenda.Add(new(fault.At, subjects, cancelled => BeginAsync(fault, cancelled)));
        if (fault.Until > fault.At)
        {
            agenda.Add(new(fault.Until, world.Everything, cancelled => EndAsync(fault, cancelled)));
        }
    }

    private async Task BeginAsync(PlannedFault fault, CancellationToken cancellationToken)
    {
        if (fault.Kind is FaultKind.RemoveDevice or FaultKind.SixthDevice)
        {
            if (target.IsUp && await world.EndDeviceAsync(fault.Kind == FaultKind.SixthDevice, cancellationToken))
            {
                recorder.Add(fault);
            }
            return;
        }
        if (fault.Kind != FaultKind.DamageJournal)
        {
            recorder.Add(fault);
        }
        if (fault.IsOutage)
        {
            world.LoseServiceUntil(fault.Until + ToItsFeet);
        }
        switch (fault.Kind)
        {
            case FaultKind.Cut:
                world.Lanes[fault.Gate!].Line.IsCut = true;
                break;
            case FaultKind.Skew:
                world.Lanes[fault.Gate!].Time.Skew = fault.Skew;
                break;
            case FaultKind.DeadClock:
                await world.Lanes[fault.Gate!].LosePowerAsync();
                break;
            case FaultKind.KillGate:
                world.Lanes[fault.Gate!].Line.IsKillArmed = true;
                break;
            case FaultKind.KillStore:
                await target.KillStoreAsync();
                break;
            case FaultKind.LoseTail:
                await target.KillStoreAsync();
                target.CutBackToNoted();
                world.Reach.StoreLostSomething(EveryGateHasSentAgainBy(fault));
                break;
            case FaultKind.EmptyStore:
                await target.EmptyStoreAsync(cancellationToken);
                world.Reach.StoreLostSomething(EveryGateHasSentAgainBy(fault));
                if (target.IsUp)
                {
                    await world.Codes.ListAgainAsync(Instant.MinValue, cancellationToken);
                }
                break;
            case FaultKind.RestartService or FaultKind.LongOutage:
                world.Reach.NothingIsSentAgain(fault.Until + rhythm.SettlingTime);
                await target.KillServiceAsync();
                break;
            case FaultKind.DamageJournal:
                world.Lanes[fault.Gate!].CutBeforeDamage();
                break;
            case FaultKind.LoseArchive:
                target.LoseArchive();
                break;
        }
    }

    private async Task DamageAsync(PlannedFault fault)
    {
        var ways = Enum.GetValues<DiskDamage>();
        recorder.Add(fault, await world.DamageDiskAsync(fault.Gate!, ways[fault.Number % ways.Length]));
    }

    private Instant EveryGateHasSentAgainBy(PlannedFault loss) => FaultPlan.SentAgainBy(loss, planned, rhythm.SettlingTime);

    private async Task EndAsync(PlannedFault fault, CancellationToken cancellationToken)
    {
        switch (fault.Kind)
        {
            case FaultKind.Cut or FaultKind.DamageJournal:
                world.Lanes[fault.Gate!].Line.IsCut = false;
                break;
            case FaultKind.DeadClock:
                world.Lanes[fault.Gate!].FindTime();
                break;
            case FaultKind.LoseArchive:
                target.FindArchive();
                break;
            case FaultKind.KillStore or FaultKind.LoseTail:
                await target.RestartStoreAsync(cancellationToken);
                if (fault.Kind == FaultKind.LoseTail)
                {
                    await world.Codes.ListAgainAsync(fault.At - LostTail, cancellationToken);
                }
                break;
            case FaultKind.EmptyStore when !target.IsUp:
                await target.RestartServiceAsync(cancellationToken);
                await world.Codes.ListAgainAsync(Instant.MinValue, cancellationToken);
                break;
            case FaultKind.RestartService or FaultKind.LongOutage:
                await target.RestartServiceAsync(cancellationToken);
                break;
        }
    }
}
