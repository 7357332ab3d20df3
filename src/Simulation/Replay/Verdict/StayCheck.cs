using NodaTime;
using Parking.Simulation.Replay.Books;
using Parking.Simulation.Replay.Oracle;

namespace Parking.Simulation.Replay.Verdict;

/// <summary>Compares one stay with the books.</summary>
internal static class StayCheck
{
    public const string Nothing = "—";

    /// <summary>The members of a stay that are wrong in the books.</summary>
    public static IEnumerable<Mismatch> Compare(OracleStay expected, BookStay found)
    {
        (string Member, string Expected, string Found)[] members =
        [
            ("facility", expected.Facility, found.Facility),
            ("vehicle", SlotText(expected.Vehicle), SlotText(found.Vehicle)),
            ("enteredAt", Text(expected.EnteredAt), Text(found.EnteredAt)),
            ("exitedAt", Text(expected.ExitedAt), Text(found.ExitedAt)),
            ("endedAt", Text(expected.EndedAt), Text(found.EndedAt)),
            ("ending", WireName.Of(expected.Ending), WireName.Of(found.Ending)),
            ("state", WireName.Of(expected.State), found.State is { } state ? WireName.Of(state) : Nothing),
        ];
        return members
            .Where(member => member.Expected != member.Found)
            .Select(member => About(expected, MismatchKind.StayMember) with
            {
                Member = member.Member,
                Expected = member.Expected,
                Found = member.Found,
            });
    }

    /// <summary>Compares a fee; null if it is correct.</summary>
    /// <param name="expected">The expected stay.</param>
    /// <param name="price">The expected fee; null for no fee.</param>
    /// <param name="found">The stay in the books.</param>
    public static Mismatch? CompareFee(OracleStay expected, Price? price, BookStay found) =>
        found.Ending != StayEnding.Open && price != found.Fee
            ? About(expected, MismatchKind.Fee) with { Expected = price?.ToString() ?? Nothing, Found = found.Fee?.ToString() ?? Nothing }
            : null;

    public static Mismatch Lose(OracleStay stay) =>
        About(stay, MismatchKind.LostStay) with { Expected = Describe(stay.EnteredAt, stay.EndedAt, stay.Ending) };

    public static Mismatch Find(string driver, BookStay stay, MismatchKind kind, IReadOnlyList<long> lines) => new()
    {
        Kind = kind,
        At = stay.EnteredAt ?? stay.EndedAt,
        Facility = stay.Facility,
        Driver = driver,
        Vehicle = stay.Vehicle,
        Expected = Nothing,
        Found = Describe(stay.EnteredAt, stay.EndedAt, stay.Ending),
        Lines = lines,
    };

    public static Mismatch About(OracleStay stay, MismatchKind kind) => new()
    {
        Kind = kind,
        At = stay.EnteredAt ?? stay.EndedAt,
        Facility = stay.Facility,
        Driver = stay.Driver,
        Vehicle = stay.Vehicle,
        Expected = Nothing,
        Found = Nothing,
        Lines = stay.Lines,
    };

    public static string Describe(Instant? enteredAt, Instant? endedAt, StayEnding ending) =>
        $"{Text(enteredAt)} / {Text(endedAt)} {WireName.Of(ending)}";

    public static string Text(Instant? at) => at is { } instant ? Times.Write(instant) : Nothing;

    private static string SlotText(int slot) => slot switch
    {
        0 => "none",
        < 0 => "not one of the driver's",
        _ => $"{slot}",
    };
}
