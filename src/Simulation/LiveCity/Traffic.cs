using System.Collections.Concurrent;
using NodaTime;
using NodaTime.Extensions;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.Optics;
using Parking.Simulation.Cities;
using Parking.Simulation.Clients;
using Parking.Simulation.Demo;
using Parking.Simulation.Phones;
using Parking.Simulation.Settings;

namespace Parking.Simulation.LiveCity;

/// <summary>
/// The drivers of the living city: they come when the schedule says, show their codes, stay, and leave. Their codes go to the gates as
/// text: only drivers at a browser are photographed.
/// </summary>
internal sealed class Traffic(
    CityPlan city, IReadOnlyDictionary<string, LiveLane> lanes, HttpClient http, Identities identities, CityPulse pulse, RunningTasks tasks,
    long seed, TimeProvider time)
{
    private static readonly TimeSpan PassingTime = TimeSpan.FromSeconds(1.2), HurriedPassingTime = TimeSpan.FromMilliseconds(50),
        CopyShownAfter = TimeSpan.FromSeconds(4), ClockMargin = TimeSpan.FromSeconds(1), ExitRetryEvery = TimeSpan.FromSeconds(20);

    private const int MostExitAttempts = 6;

    /// <summary>A symbol such as hangs on many walls.</summary>
    private const string PosterText = "https://example.org/parking/welcome";

    private readonly IClock _clock = time.ToClock();
    private readonly ConcurrentQueue<int> _idle = new();
    private int _drivers;

    /// <summary>Who of them is inside, counted by the barriers that opened.</summary>
    public Attendance Attendance { get; } = new();

    /// <summary>Sends drivers to every facility until it is cancelled. Visits that have begun end without further waiting.</summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        var overflowing = VisitSchedule.FindOverflowing(city);
        return Task.WhenAll(city.Facilities.Select(facility => SendAsync(
            facility, VisitSchedule.Create(facility, facility == overflowing, seed), cancellationToken)));
    }

    private async Task SendAsync(FacilityPlan facility, IEnumerable<PlannedVisit> visits, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var random = new SeededRandom(seed, $"lanes {facility.Id}", 0);
        foreach (var visit in visits)
        {
            var wait = visit.At - time.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, cancellationToken);
            }
            cancellationToken.ThrowIfCancellationRequested();
            var (entry, exit) = (Pick(facility.Entries, random), Pick(facility.Exits, random));
            tasks.Start(() => VisitAsync(visit, entry, exit, cancellationToken));
        }
    }

    private async Task VisitAsync(PlannedVisit visit, LiveLane entry, LiveLane exit, CancellationToken cancellationToken)
    {
        var driver = _idle.TryDequeue(out var number) ? number : Interlocked.Increment(ref _drivers) - 1;
        try
        {
            if (await ComeAsync(driver, visit.Kind, entry, cancellationToken))
            {
                await Task.Delay(visit.Stay, time, cancellationToken);
                for (var attempt = 1; !await ShowAsync(driver, exit, visit.Kind, cancellationToken); attempt++)
                {
                    if (attempt == MostExitAttempts)
                    {
                        return;
                    }
                    await Task.Delay(ExitRetryEvery, time, cancellationToken);
                }
            }
            _idle.Enqueue(driver);
        }
        catch (ServiceRefusedException error)
        {
            // Where this driver stands now is not known here: somebody else comes next.
            pulse.Trouble = error.Message;
        }
    }

    /// <returns>Whether the driver is in.</returns>
    private async Task<bool> ComeAsync(int driver, VisitKind kind, LiveLane entry, CancellationToken cancellationToken)
    {
        switch (kind)
        {
            case VisitKind.Late:
                var early = await Phone(driver).FetchAsync(plate: null, cancellationToken);
                var life = (early.ExpiresAt - _clock.GetCurrentInstant()).ToTimeSpan() + entry.CodeSkew + ClockMargin;
                await Task.Delay(life, time, cancellationToken);
                await ShowTextAsync(early.Code, entry, cancellationToken);
                break;
            case VisitKind.Damaged:
                var code = await Phone(driver).FetchAsync(plate: null, cancellationToken);
                await ShowTextAsync(CodeDamage.ChangeSignature(code.Code), entry, cancellationToken);
                break;
            case VisitKind.Poster:
                await ShowTextAsync(PosterText, entry, cancellationToken);
                break;
        }
        return await ShowAsync(driver, entry, kind, cancellationToken);
    }

    /// <summary>Shows a fresh code.</summary>
    /// <returns>Whether the barrier opened.</returns>
    private async Task<bool> ShowAsync(int driver, LiveLane lane, VisitKind kind, CancellationToken cancellationToken)
    {
        var text = "";
        var showing = await lane.ShowAsync(
            async token => text = (await Phone(driver).FetchAsync(plate: null, token)).Code,
            goesFirst: false, kind == VisitKind.Filling ? HurriedPassingTime : PassingTime, cancellationToken);
        Note(showing);
        if (showing is not { IsOpen: true })
        {
            return false;
        }
        if (lane.Plan.Direction == GateDirection.Exit)
        {
            Attendance.Leave(driver, plate: null, lane.Facility.Id);
            return true;
        }
        Attendance.Enter(driver, plate: null, lane.Facility.Id);
        if (kind == VisitKind.Lent)
        {
            tasks.Start(() => ShowCopyAsync(text, lane, cancellationToken));
        }
        return true;
    }

    private async Task ShowCopyAsync(string code, LiveLane lane, CancellationToken cancellationToken)
    {
        await Task.Delay(CopyShownAfter, time, cancellationToken);
        await ShowTextAsync(code, lane, cancellationToken);
    }

    private async Task ShowTextAsync(string text, LiveLane lane, CancellationToken cancellationToken) =>
        Note(await lane.ShowAsync(_ => Task.FromResult<string?>(text), goesFirst: false, PassingTime, cancellationToken));

    private void Note(GateShowing? showing)
    {
        if (showing is not null)
        {
            pulse.Note(showing);
        }
    }

    // A token lives for an hour, and the city for as long as somebody looks at it: each look at the phone has a fresh one.
    private CitizenPhone Phone(int driver) => new(http, $"driver {driver}", identities.CitizenToken(driver), time);

    private LiveLane Pick(IEnumerable<GatePlan> gates, SeededRandom random)
    {
        var choice = gates.ToList();
        return lanes[choice[random.Below(choice.Count)].Id];
    }
}
