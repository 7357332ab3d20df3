namespace Parking.BackOffice.Tests.Archive.Model;

/// <summary>What happens next around the drains. The model and the real drain go through the same moves.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Number">Which drain, holder or copy; the world takes it modulo what it has.</param>
/// <param name="Detail">Which stay and which of its events.</param>
public readonly record struct DrainMove(DrainMoveKind Kind, int Number, int Detail)
{
    /// <summary>How often each kind comes, in proportion.</summary>
    private static readonly (DrainMoveKind Kind, int Weight)[] Weights =
    [
        (DrainMoveKind.Event, 40),
        (DrainMoveKind.Step, 120),
        (DrainMoveKind.Kill, 4),
        (DrainMoveKind.Probe, 4),
        (DrainMoveKind.Resend, 8),
        (DrainMoveKind.Age, 1),
        (DrainMoveKind.Trim, 3),
        (DrainMoveKind.Erase, 3),
        (DrainMoveKind.CopyArchive, 2),
        (DrainMoveKind.RestoreArchive, 2),
        (DrainMoveKind.CopyStore, 2),
        (DrainMoveKind.RestoreStore, 1),
        (DrainMoveKind.EmptyStore, 1),
    ];

    /// <summary>
    /// The moves of one run. Each run has a temper of its own: some kinds come more often in it, some less, so that runs are as different
    /// as they can be.
    /// </summary>
    public static IEnumerable<DrainMove> DrawRun(Random random)
    {
        var tempered = Weights.Select(each => (each.Kind, Weight: each.Weight * (1 << random.Next(5)))).ToList();
        var sum = tempered.Sum(each => each.Weight);
        for (var left = random.Next(50, 400); left > 0; left--)
        {
            var at = random.Next(sum);
            yield return new(tempered.First(each => (at -= each.Weight) < 0).Kind, random.Next(1 << 16), random.Next(1 << 16));
        }
    }
}

public enum DrainMoveKind
{
    /// <summary>A gate reports an event that it has not reported yet.</summary>
    Event,

    /// <summary>A drain makes its next step.</summary>
    Step,

    /// <summary>A drain dies between two steps, and begins anew.</summary>
    Kill,

    /// <summary>A drain's instance learns the present epoch of the live store.</summary>
    Probe,

    /// <summary>A gate sends an event again that the live store has lost.</summary>
    Resend,

    /// <summary>A month passes: what ended before will not be sent again, and may be trimmed.</summary>
    Age,

    /// <summary>A timeline is trimmed.</summary>
    Trim,

    /// <summary>A holder is erased. The model does not tell them from others.</summary>
    Erase,

    /// <summary>The archive is copied.</summary>
    CopyArchive,

    /// <summary>The archive is what the copy has.</summary>
    RestoreArchive,

    /// <summary>The live store is copied.</summary>
    CopyStore,

    /// <summary>The live store is what the copy has.</summary>
    RestoreStore,

    /// <summary>The live store loses everything.</summary>
    EmptyStore,
}
