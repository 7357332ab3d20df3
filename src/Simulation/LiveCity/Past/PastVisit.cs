using Parking.Simulation.Cities;

namespace Parking.Simulation.LiveCity.Past;

/// <summary>A visit that begins in the past hour.</summary>
/// <param name="At">When the vehicle comes, after the hour's start; whole seconds.</param>
/// <param name="Stay">How long it stays: perhaps until after the hour.</param>
/// <param name="Kind">What its driver shows at the entry.</param>
/// <param name="Entry">Where it comes in.</param>
/// <param name="Exit">Where it leaves.</param>
internal sealed record PastVisit(TimeSpan At, TimeSpan Stay, VisitKind Kind, GatePlan Entry, GatePlan Exit)
{
    public TimeSpan LeavesAt => At + Stay;
}

/// <summary>A driver who came in during the past hour and is still inside when it is over.</summary>
/// <param name="Driver">The driver's number.</param>
/// <param name="Exit">Where the vehicle leaves.</param>
/// <param name="Rest">How long it stays after the hour.</param>
internal sealed record Guest(int Driver, GatePlan Exit, TimeSpan Rest);
