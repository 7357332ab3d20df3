using System.Collections.Concurrent;
using NodaTime;
using NodaTime.Extensions;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.Optics;
using Parking.Simulation.Cities;
using Parking.Simulation.Clients;
using Parking.Simulation.Demo;
using Parking.Simulation.LiveCity.Past;
using Parking.Simulation.Phones;

namespace Parking.Simulation.LiveCity;

/// <summary>
/// The drivers of the living city: they come when the schedule says, show their codes, stay, and leave. Some have no network at the gates.
/// Their codes go to the gates as text: only drivers at a browser are photographed.
/// </summary>
internal sealed class Traffic(
    CityPlan city, IReadOnlyDictionary<string, LiveLane> lanes, DriverPhones phones, CityPulse pulse, RunningTasks tasks, long seed,
    TimeProvider time)
{
    private static readonly TimeSpan PassingTime = TimeSpan.FromSeconds(1.2), HurriedPassingTime = TimeSpan.FromMilliseconds(50),
        CopyShownAfter = TimeSpan.FromSeconds(4), ClockMargin = TimeSpan.FromSeconds(1), ExitRetryEvery = TimeSpan.FromSeconds(20);

    private const int MostExitAttempts = 6;

    /// <summary>A symbol such as hangs on many walls.</summary>
    private const string PosterText = "https://example.org/parking/welcome";

    private readonly IClock _clock = time.ToClock();
    private readonly ConcurrentQueue<int> _idle = new();
    private int _drivers;
    private IReadOnlyList<Guest>? _guests;

    /// <summary>Who of them is inside, counted by the barriers that opened.</summary>
    public Attendance Attendance { get; } = new();

    /// <summary>The city has a past: nobody has to fill it up at the start.</summary>
    /// <param name="guests">Who is inside.</param>
    /// <param name="drivers">How many numbers of drivers are taken.</param>
    public void GoOnFrom(IReadOnlyList<Guest> guests, int drivers) => (_guests, _drivers) = (guests, drivers);

    /// <summary>Sends drivers to every facility until it is cancelled. Visits that have begun end without further waiting.</summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        var overflowing = VisitSchedule.FindOverflowing(city);
        foreach (var guest in _guests ?? [])
        {
            tasks.Start(() => LeaveAsync(guest, cancellationToken));
        }
        return Task.WhenAll(city.Facilities.Select(facility => SendAsync(
            facility, VisitSchedule.Create(facility, facility == overflowing, seed, _guests is not null), cancellationToken)));
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

    private Task VisitAsync(PlannedVisit visit, LiveLane entry, LiveLane exit, CancellationToken cancellationToken)
    {
        var driver = _idle.TryDequeue(out var number) ? number : Interlocked.Increment(ref _drivers) - 1;
        return GuardAsync(async () =>
        {
            await phones.PrepareAsync(driver, cancellationToken);
            if (!await ComeAsync(driver, visit.Kind, entry, cancellationToken)
                || await LeaveAsync(driver, visit.Stay, exit, visit.Kind, cancellationToken))
            {
                _idle.Enqueue(driver);
            }
        });
    }

    private Task LeaveAsync(Guest guest, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        await phones.PrepareAsync(guest.Driver, cancellationToken);
        if (await LeaveAsync(guest.Driver, guest.Rest, lanes[guest.Exit.Id], VisitKind.Usual, cancellationToken))
        {
            _idle.Enqueue(guest.Driver);
        }
    });

    /// <returns>Whether the driver is out in the end.</returns>
    private async Task<bool> LeaveAsync(int driver, TimeSpan stay, LiveLane exit, VisitKind kind, CancellationToken cancellationToken)
    {
        await Task.Delay(stay, time, cancellationToken);
        for (var attempt = 1; !await ShowAsync(driver, exit, kind, cancellationToken); attempt++)
        {
            if (attempt == MostExitAttempts)
            {
                return false;
            }
            await Task.Delay(ExitRetryEvery, time, cancellationToken);
        }
        return true;
    }

    /// <summary>Whoever is refused a call by the service is not seen again: where they stand is not known here.</summary>
    private async Task GuardAsync(Func<Task> visit)
    {
        try
        {
            await visit();
        }
        catch (ServiceRefusedException error)
        {
            pulse.Trouble = error.Message;
        }
    }

    /// <returns>Whether the driver is in.</returns>
    private async Task<bool> ComeAsync(int driver, VisitKind kind, LiveLane entry, CancellationToken cancellationToken)
    {
        switch (kind)
        {
            case VisitKind.Late:
                var early = await phones.FetchAsync(driver, cancellationToken);
                var life = (early.ExpiresAt - _clock.GetCurrentInstant()).ToTimeSpan() + entry.CodeSkew + ClockMargin;
                await Task.Delay(life, time, cancellationToken);
                await ShowTextAsync(early.Text, entry, cancellationToken);
                break;
            case VisitKind.Damaged:
                var code = await phones.FetchAsync(driver, cancellationToken);
                await ShowTextAsync(CodeDamage.ChangeSignature(code.Text), entry, cancellationToken);
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
            async token => text = (await phones.FetchAsync(driver, token)).Text,
            goesFirst: false, kind == VisitKind.Filling ? HurriedPassingTime : PassingTime, cancellationToken);
        Note(lane, text, showing);
        if (showing is not { IsOpen: true })
        {
            return false;
        }
        phones.MarkUsed(driver);
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
        Note(lane, text, await lane.ShowAsync(_ => Task.FromResult<string?>(text), goesFirst: false, PassingTime, cancellationToken));

    private void Note(LiveLane lane, string text, GateShowing? showing)
    {
        if (showing is not null)
        {
            pulse.Note(lane.Plan.Id, text, showing);
        }
    }

    private LiveLane Pick(IEnumerable<GatePlan> gates, SeededRandom random)
    {
        var choice = gates.ToList();
        return lanes[choice[random.Below(choice.Count)].Id];
    }
}
