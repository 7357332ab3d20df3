using NodaTime;
using Parking.GateProtocol;

namespace Parking.Simulation.Replay.Oracle;

/// <summary>
/// One driver's stays, computed in one pass over the driver's events in order of time. It shares no code with the service: it is a second
/// implementation of the rules in docs/replay.md.
/// </summary>
/// <param name="occupy">Called with each change of a facility's occupancy: when, where, and by how much.</param>
internal sealed class DriverHistory(Action<Instant, string, int> occupy)
{
    private readonly List<OracleStay> _stays = [];

    /// <summary>In order of their beginning.</summary>
    public IReadOnlyList<OracleStay> Stays => _stays;

    /// <param name="passages">The driver's passages, in any order.</param>
    /// <param name="closings">The closings of this driver's stays by inventories, in any order.</param>
    public void Walk(IReadOnlyList<Passage> passages, IReadOnlyList<InventoryClosing> closings)
    {
        var instants = passages.Select(passage => passage.At).Concat(closings.Select(closing => closing.At)).Distinct().Order();
        var passagesAt = passages.ToLookup(passage => passage.At);
        var closingsAt = closings.ToLookup(closing => closing.At);
        foreach (var at in instants)
        {
            Live(passagesAt[at].OrderBy(passage => passage.Gate, StringComparer.Ordinal).ThenBy(passage => passage.Line), closingsAt[at]);
        }
        MarkCodesUsedTwice(passages);
    }

    /// <summary>
    /// Applies the events of one instant. As long as there are passages: an exit that ends a stay which is open by then, otherwise an
    /// entry, otherwise another exit. Then the inventories.
    /// </summary>
    private void Live(IEnumerable<Passage> passages, IEnumerable<InventoryClosing> closings)
    {
        var left = passages.ToList();
        while (left.Count > 0)
        {
            // A vehicle may enter, leave and enter again in one instant: after each entry the exits are asked again.
            if (left.Find(passage => passage.Direction == GateDirection.Exit && TryLeave(passage)) is { } ending)
            {
                left.Remove(ending);
            }
            else if (left.Find(passage => passage.Direction == GateDirection.Entry) is { } entry)
            {
                left.Remove(entry);
                Enter(entry);
            }
            else
            {
                LeaveUnexpected(left[0]);
                left.RemoveAt(0);
            }
        }
        foreach (var closing in closings)
        {
            Close(closing);
        }
    }

    private void Enter(Passage entry)
    {
        var stay = OracleStay.Begin(entry);
        if (_stays.Find(other => other.IsOpen && other.Vehicle == entry.Vehicle) is { } left)
        {
            left.GiveWayTo(stay);
            occupy(entry.At, left.Facility, -1);
        }
        _stays.Add(stay);
        occupy(entry.At, stay.Facility, 1);
    }

    private bool TryLeave(Passage exit)
    {
        var here = _stays.Where(stay => stay.IsOpen && stay.Facility == exit.Facility).ToList();
        var stay = here.Find(candidate => candidate.Vehicle == exit.Vehicle)
            ?? (exit.Vehicle == 0 ? here.MaxBy(candidate => candidate.EnteredAt) : here.Find(candidate => candidate.Vehicle == 0));
        if (stay is null)
        {
            return false;
        }
        stay.Leave(exit);
        occupy(exit.At, stay.Facility, -1);
        return true;
    }

    /// <summary>An exit without an open stay at the facility. The occupancy does not change.</summary>
    private void LeaveUnexpected(Passage exit)
    {
        var last = _stays.FindLast(
            stay => stay.Facility == exit.Facility && stay.Vehicle == exit.Vehicle && stay is not { Entry: null, Exit.IsLate: true });
        if (last?.Ending == StayEnding.Inventory)
        {
            last.Leave(exit);
        }
        else if (last is { Ending: StayEnding.Exited, Exit.IsLate: true } && !exit.IsLate)
        {
            var (before, then) = (last.Exit, last.OtherStayAtExit);
            last.Leave(exit);
            _stays.Insert(_stays.IndexOf(last) + 1, Unbegun(before, then));
            if (_stays.Find(elsewhere => elsewhere.Vehicle == exit.Vehicle && elsewhere.IsOpen) is { } parked)
            {
                last.Contradict();
                parked.Contradict();
            }
        }
        else if (last is { Ending: StayEnding.MissedExit, EndedBy: { } other }
            && (IsParkedElsewhere(other, exit) || other.Entry!.Code == last.Entry!.Code))
        {
            last.Leave(exit);
            last.Contradict();
            other.Contradict();
        }
        else
        {
            LeaveWithAnotherPlate(exit);
        }
    }

    /// <summary>An exit whose vehicle has no stay here: perhaps the driver's only vehicle here leaves under another plate.</summary>
    private void LeaveWithAnotherPlate(Passage exit)
    {
        var here = _stays.Where(stay => stay.Facility == exit.Facility).ToList();
        var parked = here.Where(stay => stay.IsOpen).ToList();
        var elsewhere = _stays.Find(stay => stay.Vehicle == exit.Vehicle && IsParkedElsewhere(stay, exit));
        if (parked.Count == 1)
        {
            parked[0].Leave(exit, elsewhere);
            occupy(exit.At, exit.Facility, -1);
        }
        else if (parked.Count == 0 && here.FindLast(stay => stay.Entry is not null) is { HasAnotherPlate: true } taken)
        {
            // That exit was not of this stay, since its vehicle leaves only now.
            var (before, then) = (taken.Exit!, taken.OtherStayAtExit);
            taken.Leave(exit);
            _stays.Insert(_stays.IndexOf(taken) + 1, Unbegun(before, then));
        }
        else
        {
            var unbegun = Unbegun(exit, elsewhere);
            _stays.Add(unbegun);
            if (parked.Count > 0)
            {
                unbegun.Contradict();
            }
        }
    }

    private static OracleStay Unbegun(Passage exit, OracleStay? elsewhere)
    {
        var stay = OracleStay.EndUnbegun(exit);
        if (elsewhere is not null)
        {
            stay.Contradict();
            elsewhere.Contradict();
        }
        return stay;
    }

    private static bool IsParkedElsewhere(OracleStay stay, Passage exit) => stay.IsOpen && stay.Facility != exit.Facility;

    private void Close(InventoryClosing closing)
    {
        foreach (var stay in _stays.Where(
            stay => stay.IsOpen && stay.Facility == closing.Facility && (closing.EnteredAt is null || stay.EnteredAt == closing.EnteredAt)))
        {
            stay.CloseByInventory(closing.At, closing.Line);
            occupy(closing.At, stay.Facility, -1);
        }
    }

    private void MarkCodesUsedTwice(IReadOnlyList<Passage> passages)
    {
        var twice = passages.Where(passage => !passage.IsLate)
            .GroupBy(passage => passage.Code).Where(uses => uses.Count() > 1).Select(uses => uses.Key).ToHashSet();
        foreach (var stay in _stays.Where(stay => IsAmong(stay.Entry, twice) || IsAmong(stay.Exit, twice)))
        {
            stay.Contradict();
        }
    }

    private static bool IsAmong(Passage? passage, HashSet<int> codes) => passage is not null && codes.Contains(passage.Code);
}

/// <summary>A vehicle passed a gate with a code that names its driver.</summary>
public sealed record Passage(
    long Line, Instant At, string Gate, string Facility, GateDirection Direction, string Driver, int Vehicle, int Code)
{
    /// <summary>Whether a gate that was cut off opened for a code that had expired. Whose vehicle left is not sure.</summary>
    public bool IsLate { get; init; }

    /// <summary>
    /// The showings that are passages, as far as anybody can know. A code that names no holder neither begins nor ends a stay.
    /// </summary>
    internal static IEnumerable<Passage> Of(IEnumerable<Showing> showings, LostEvents lost) => showings
        .Where(showing => showing.NamesHolder && lost.HasPassed(showing))
        .Select(showing => new Passage(
            showing.Line, showing.At, showing.Gate, showing.Facility, showing.Direction, showing.Driver, showing.Vehicle, showing.Code)
        {
            IsLate = lost.IsLate(showing),
        });
}

/// <summary>An inventory ends a driver's open stays at a facility.</summary>
/// <param name="Line">The inventory's line in the trace.</param>
/// <param name="At">The time of the inventory.</param>
/// <param name="Facility">The facility.</param>
/// <param name="EnteredAt">The entry of the stay; null for all open stays there.</param>
internal sealed record InventoryClosing(long Line, Instant At, string Facility, Instant? EnteredAt);
