using NodaTime;
using Parking.GateProtocol;
using Parking.Optics;

namespace Parking.Simulation.Traces.Generating;

/// <summary>The actions of drivers at gates and between them. A driver is at one place at a time.</summary>
internal sealed class GateTraffic(
    CityDemand demand, VisitShares shares, IReadOnlyList<Place> places, Books books, Agenda agenda, Action<TraceEvent> write)
{
    private const long Minute = 60_000, FollowsAfter = 3_000, CopyAfter = 8_000, CopyWithin = 45_000, Patience = 5 * Minute;

    private static readonly string[] HandReasons = [
        "phone battery empty", "screen broken", "delivery for the building", "ambulance", "reader dirty"];

    private readonly DriverPool _drivers = new(demand.Seed, shares);
    private int _visits;
    private long _scans;

    /// <summary>A driver arrives at a facility.</summary>
    public void Arrive(long at, Place place) => BeginVisit(at, _drivers.Take(at), place);

    private void BeginVisit(long at, Driver driver, Place place)
    {
        var visit = new Visit(demand.Seed, _visits++, driver, place, shares);
        if (visit.MissesEntry)
        {
            GoUnseen(at, visit, place.Entries, visit.IsLetIn, BeInside);
        }
        else
        {
            GoToGate(at, visit, isEntry: true);
        }
    }

    private void GoToGate(long at, Visit visit, bool isEntry)
    {
        var lane = Lane.Freest(isEntry ? visit.Place.Entries : visit.Place.Exits);
        if (isEntry && lane.FreeAt - at > Patience)
        {
            _drivers.Release(visit.Driver, at);
            return;
        }
        var call = visit.NextCall(demand.Seed, shares, isEntry);
        var turn = lane.Reserve(at, call.GivesUp ? 0 : call.FindsCodeAfter);
        if (call.First is { } first)
        {
            Plan(turn, now => ShowWrong(now, lane, visit, first, call.GivesUp));
        }
        if (!call.GivesUp)
        {
            Plan(turn + call.FindsCodeAfter, now => ShowRight(now, lane, visit, call, isEntry));
        }
    }

    private void ShowWrong(long at, Lane lane, Visit visit, ShownCode code, bool givesUp)
    {
        WriteScan(at, lane, visit, code, ShownCodes.ReasonFor(code));
        if (givesUp)
        {
            _drivers.Release(visit.Driver, at);
        }
    }

    private void ShowRight(long at, Lane lane, Visit visit, GateCall call, bool isEntry)
    {
        var before = books.Find(visit.Driver);
        var reason = isEntry ? books.Enter(visit.Driver, visit.Place, at) : books.Exit(visit.Driver, visit.Place);
        var opens = reason is not (ScanReason.AlreadyParked or ScanReason.Full);
        var label = call.IsCopied && opens ? $"c{visit.Index}" : null;
        WriteScan(at, lane, visit, ShownCode.Valid, reason, label, opens && call.BacksOut ? VehicleMove.BackedOut : VehicleMove.Passed);
        if (!opens)
        {
            _drivers.Release(visit.Driver, at);
        }
        else if (call.BacksOut)
        {
            books.Set(visit.Driver, before);
            TryAgain(at, visit, isEntry);
        }
        else
        {
            BeFollowed(at, lane);
            ShowCopy(at, lane, visit, label);
            (isEntry ? (Action<long, Visit>)BeInside : BeGone)(at, visit);
        }
    }

    private void TryAgain(long at, Visit visit, bool isEntry)
    {
        var random = new SeededRandom(demand.Seed, "again", visit.Index);
        var (comesBack, after) = (!isEntry || random.Chance(0.5), (long)((3 + (5 * random.NextUnit())) * Minute));
        if (comesBack)
        {
            Plan(at + after, now => GoToGate(now, visit, isEntry));
        }
        else
        {
            _drivers.Release(visit.Driver, at);
        }
    }

    /// <summary>
    /// Another driver shows a picture of the code in another lane, or in the same one if there is only one. This happens only if it can be
    /// while the code is still valid.
    /// </summary>
    private void ShowCopy(long at, Lane lane, Visit visit, string? label)
    {
        if (label is null)
        {
            return;
        }
        var others = visit.Place.Entries.Where(other => other != lane).ToList();
        var next = others.Count > 0 ? Lane.Freest(others) : lane;
        if (next.FreeAt - at <= CopyWithin)
        {
            Plan(next.Reserve(at + CopyAfter), now => WriteScan(now, next, visit, ShownCode.Valid, ScanReason.CodeUsed, label));
        }
    }

    private void BeFollowed(long at, Lane lane)
    {
        if (lane.Followers.TryDequeue(out var follow))
        {
            Plan(at + FollowsAfter, now =>
            {
                write(new TraceIncident { At = Time(now), Gate = lane.Gate, Incident = GateIncident.Tailgating });
                follow(now);
            });
        }
    }

    /// <summary>A vehicle passes without showing a code: behind another vehicle, or because a person opens the barrier.</summary>
    private void GoUnseen(long at, Visit visit, IReadOnlyList<Lane> lanes, bool isByHand, Action<long, Visit> then)
    {
        var lane = Lane.Freest(lanes);
        if (!isByHand)
        {
            lane.Followers.Enqueue(now => then(now, visit));
            return;
        }
        var reason = HandReasons[new SeededRandom(demand.Seed, "reason", visit.Index).Below(HandReasons.Length)];
        Plan(lane.Reserve(at), now =>
        {
            write(new TraceOpenedByHand { At = Time(now), Gate = lane.Gate, Reason = reason });
            then(now, visit);
        });
    }

    private void BeInside(long at, Visit visit)
    {
        visit.Place.Inside++;
        visit.Place.RemoveGhost(visit.Driver);
        Plan(at + visit.Stay, now => Leave(now, visit));
    }

    private void Leave(long at, Visit visit)
    {
        if (visit.MissesExit)
        {
            GoUnseen(at, visit, visit.Place.Exits, visit.IsLetOut, BeGone);
        }
        else
        {
            GoToGate(at, visit, isEntry: false);
        }
    }

    private void BeGone(long at, Visit visit)
    {
        visit.Place.Inside--;
        if (books.Find(visit.Driver) is { } open && open.Place == visit.Place)
        {
            visit.Place.AddGhost(visit.Driver, open.EnteredAt);
        }
        var random = new SeededRandom(demand.Seed, "next", visit.Index);
        var (goesOn, where) = (random.Chance(shares.NextStops), random.Below(Math.Max(1, places.Count - 1)));
        var after = (long)((15 + (75 * random.NextUnit())) * Minute);
        if (goesOn && places.Count > 1)
        {
            var next = places[where < visit.Place.Plan.Index ? where : where + 1];
            Plan(at + after, now => BeginVisit(now, visit.Driver, next));
        }
        else
        {
            _drivers.Release(visit.Driver, at);
        }
    }

    /// <summary>Plans a driver's step. It is dropped after the traffic has stopped.</summary>
    private void Plan(long at, Action<long> step) => agenda.AddTraffic(at, step);

    private void WriteScan(
        long at, Lane lane, Visit visit, ShownCode show, ScanReason expect, string? label = null, VehicleMove then = VehicleMove.Passed)
    {
        if (++_scans >= demand.MaxScans)
        {
            agenda.StopTraffic();
        }
        write(new TraceScan
        {
            At = Time(at),
            Gate = lane.Gate,
            Driver = visit.Driver.Name,
            Vehicle = visit.Driver.Vehicle,
            Show = show,
            Signer = visit.Driver.Signer,
            Code = label,
            Then = then,
            Expect = expect,
        });
    }

    private static Instant Time(long at) => Instant.FromUnixTimeMilliseconds(at);
}
