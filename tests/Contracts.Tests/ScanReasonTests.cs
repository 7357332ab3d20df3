using System.Text.Json;
using System.Text.RegularExpressions;
using Parking.GateProtocol;

namespace Parking.Contracts.Tests;

/// <summary>What the table of reasons says, and what the README says of them.</summary>
public sealed partial class ScanReasonTests
{
    public static TheoryData<ScanReason> All => [.. Enum.GetValues<ScanReason>()];

    [Theory]
    [MemberData(nameof(All))]
    public void Reason_HasARowWithTextsThatFitTheDisplay(ScanReason reason)
    {
        Assert.NotEqual(default(ScanReason).Word(), reason.Word());
        Assert.InRange(reason.Display().Zh.Length, 1, GateDisplay.MaxLength);
        Assert.InRange(reason.Display().En.Length, 1, GateDisplay.MaxLength);
    }

    [Fact]
    public void ReasonThatIsNotKnown_OpensNothingAndSendsTheDriverToAPerson()
    {
        var later = (ScanReason)99;

        Assert.Equal((GateDecision.Refuse, false), (later.Decision(), later.MayBeLocal()));
        Assert.Contains("attendant", later.Display().En, StringComparison.Ordinal);
    }

    [Fact]
    public void Readme_HasEveryReasonWithWhatTheBarrierDoes()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "README.md"))
            .Select(line => Row().Match(line)).Where(row => row.Success)
            .SelectMany(row => Name().Matches(row.Groups["names"].Value)
                .Select(name => $"{name.Groups["name"].Value} {row.Groups["barrier"].Value}"));

        Assert.Equal(
            Enum.GetValues<ScanReason>()
                .Select(reason => $"{JsonNamingPolicy.SnakeCaseLower.ConvertName($"{reason}")} {(reason.Opens() ? "open" : "shut")}")
                .Order(StringComparer.Ordinal),
            rows.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\| (?<names>`[^|]+`) \| (?<barrier>open|shut) \|")]
    private static partial Regex Row();

    [GeneratedRegex("`(?<name>[a-z_]+)`")]
    private static partial Regex Name();
}
