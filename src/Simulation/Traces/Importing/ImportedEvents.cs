using NodaTime;

namespace Parking.Simulation.Traces.Importing;

/// <summary>
/// Sorts the events of a table: by time, then by driver. For events of one driver at the same time, an exit that closes an open stay comes
/// first, then an entry, then any other exit. So leaving and entering again in the same minute is read correctly, and so is a stay of no
/// length. The service uses the same rule.
/// </summary>
internal static class ImportedEvents
{
    private const int Nowhere = -1;

    public static IEnumerable<(Instant At, ImportedRow Row, bool IsExit)> InOrder(ImportedTable table)
    {
        var events = new List<(Instant At, int Driver, int Row, bool IsExit)>(table.Rows.Count * 2);
        for (var index = 0; index < table.Rows.Count; index++)
        {
            var row = table.Rows[index];
            if (row.Entered is { } entered)
            {
                events.Add((entered, row.Driver, index, false));
            }
            if (row.Exited is { } exited)
            {
                events.Add((exited, row.Driver, index, true));
            }
        }
        events.Sort();
        var parked = new int[table.Drivers.Count];
        Array.Fill(parked, Nowhere);
        for (var first = 0; first < events.Count;)
        {
            var simultaneous = TakeSimultaneous(events, first);
            first += simultaneous.Count;
            while (simultaneous.Count > 0)
            {
                var next = simultaneous[0];
                if (simultaneous.Count > 1)
                {
                    next = Choose(simultaneous, table, parked[next.Driver]);
                }
                simultaneous.Remove(next);
                var row = table.Rows[next.Row];
                parked[row.Driver] = !next.IsExit ? row.Facility : parked[row.Driver] == row.Facility ? Nowhere : parked[row.Driver];
                yield return (next.At, row, next.IsExit);
            }
        }
    }

    private static List<(Instant At, int Driver, int Row, bool IsExit)> TakeSimultaneous(
        List<(Instant At, int Driver, int Row, bool IsExit)> events, int first)
    {
        var count = 1;
        while (first + count < events.Count && events[first + count].At == events[first].At
            && events[first + count].Driver == events[first].Driver)
        {
            count++;
        }
        return events.GetRange(first, count);
    }

    private static (Instant At, int Driver, int Row, bool IsExit) Choose(
        List<(Instant At, int Driver, int Row, bool IsExit)> simultaneous, ImportedTable table, int parkedAt)
    {
        var closing = simultaneous.FindIndex(next => next.IsExit && table.Rows[next.Row].Facility == parkedAt);
        var entry = simultaneous.FindIndex(next => !next.IsExit);
        return simultaneous[closing >= 0 ? closing : entry >= 0 ? entry : 0];
    }
}
