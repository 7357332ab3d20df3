using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Parking.Contracts;
using Parking.Timelines;
using StayEnding = Parking.Timelines.StayEnding;
using StayState = Parking.Timelines.StayState;

namespace Parking.Api.Stays;

/// <summary>What somebody is told of a stay at a time: its members by which versions are told apart.</summary>
/// <param name="EnteredAt">The entry.</param>
/// <param name="ExitedAt">The exit.</param>
/// <param name="EndedAt">The end.</param>
/// <param name="Ending">How it ended.</param>
/// <param name="State">How far it can be trusted.</param>
/// <param name="Doubts">The doubts that they may know of.</param>
/// <param name="Fee">In minor units; null for none.</param>
internal sealed record ToldStay(
    Instant? EnteredAt, Instant? ExitedAt, Instant? EndedAt, StayEnding Ending, StayState State, StayDoubts Doubts, long? Fee);

/// <summary>Says what is different between two versions of a stay.</summary>
internal static class StayDifferences
{
    /// <summary>One change for each member that differs.</summary>
    public static IEnumerable<StayChange> Between(ToldStay before, ToldStay after) => new StayChange[]
    {
        new("enteredAt", Text(before.EnteredAt), Text(after.EnteredAt)),
        new("exitedAt", Text(before.ExitedAt), Text(after.ExitedAt)),
        new("endedAt", Text(before.EndedAt), Text(after.EndedAt)),
        new("ending", Text(before.Ending), Text(after.Ending)),
        new("state", Text(before.State), Text(after.State)),
        new("doubts", DoubtsOf(before), DoubtsOf(after)),
        new("fee", Text(before.Fee), Text(after.Fee)),
    }.Where(change => change.From != change.To);

    /// <summary>A driver is not told where a plate is parked under another holder.</summary>
    public static StayDoubts ForOwner(this StayDoubts doubts) => doubts & ~StayDoubts.OtherHolder;

    private static string? Text(Instant? instant) => instant is { } at ? InstantPattern.ExtendedIso.Format(at) : null;

    private static string? Text(long? fee) => fee?.ToString(CultureInfo.InvariantCulture);

    private static string? DoubtsOf(ToldStay stay) =>
        stay.Doubts.ToContract(stay.State) is { } list ? string.Join(' ', list.Select(Text)) : null;

    private static string Text<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
