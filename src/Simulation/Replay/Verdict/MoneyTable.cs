using Parking.Simulation.Replay.Books;
using Parking.Simulation.Replay.Oracle;

namespace Parking.Simulation.Replay.Verdict;

/// <summary>Adds up stays and fees by state and currency.</summary>
internal sealed class MoneyTable
{
    private readonly Dictionary<(StayState State, string? Currency), MoneyRow> _rows = [];

    /// <summary>By state; stays with a fee first.</summary>
    public IReadOnlyList<MoneyRow> Rows =>
        [.. _rows.Values.OrderBy(row => row.State).ThenBy(row => row.Currency is null).ThenBy(row => row.Currency, StringComparer.Ordinal)];

    public void Expect(StayState state, Price? fee)
    {
        var row = RowOf(state, fee);
        Put(row with { StaysExpected = row.StaysExpected + 1, FeesExpected = row.FeesExpected + (fee?.Total ?? 0) });
    }

    /// <summary>Adds a stay of the books. A stay without a state counts as provisional.</summary>
    public void Find(StayState? state, Price? fee)
    {
        var row = RowOf(state ?? StayState.Provisional, fee);
        Put(row with { StaysFound = row.StaysFound + 1, FeesFound = row.FeesFound + (fee?.Total ?? 0) });
    }

    private MoneyRow RowOf(StayState state, Price? fee) =>
        _rows.GetValueOrDefault((state, fee?.Currency)) ?? new(state, fee?.Currency, 0, 0, 0, 0);

    private void Put(MoneyRow row) => _rows[(row.State, row.Currency)] = row;
}
