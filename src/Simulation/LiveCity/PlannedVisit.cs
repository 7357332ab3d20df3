namespace Parking.Simulation.LiveCity;

/// <summary>One vehicle's visit, before it takes place.</summary>
/// <param name="At">When it comes, after the start of the city.</param>
/// <param name="Stay">How long it stays, if it is let in.</param>
/// <param name="Kind">What its driver shows.</param>
internal sealed record PlannedVisit(TimeSpan At, TimeSpan Stay, VisitKind Kind);

/// <summary>What a visitor shows at the entry.</summary>
internal enum VisitKind
{
    /// <summary>A fresh code.</summary>
    Usual,

    /// <summary>One of many that come at the start, so that the car parks are not empty: it does not dawdle at the barrier.</summary>
    Filling,

    /// <summary>A code that has expired; then a fresh one.</summary>
    Late,

    /// <summary>A fresh code, of which somebody else shows a copy soon after.</summary>
    Lent,

    /// <summary>A code with one wrong character; then a fresh one.</summary>
    Damaged,

    /// <summary>Some other QR symbol; then a fresh code.</summary>
    Poster,
}
