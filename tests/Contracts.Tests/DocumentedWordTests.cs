using System.Text.Json;
using System.Text.RegularExpressions;
using Parking.GateProtocol;

namespace Parking.Contracts.Tests;

/// <summary>The documents have every word of the protocol: what a message may say is on the page that describes it.</summary>
public sealed partial class DocumentedWordTests
{
    [Theory]
    [InlineData("gate-protocol.md", typeof(EventOutcome))]
    [InlineData("gate-protocol.md", typeof(BarrierAct))]
    [InlineData("gate-protocol.md", typeof(GateIncident))]
    [InlineData("gate-protocol.md", typeof(LinkChange))]
    [InlineData("gate-protocol.md", typeof(GateDirection))]
    [InlineData("gate-protocol.md", typeof(GateDecision))]
    [InlineData("gate-protocol.md", typeof(OfflinePolicy))]
    [InlineData("gate-protocol.md", typeof(FacilityState))]
    [InlineData("gate-protocol.md", typeof(BarrierCommand))]
    [InlineData("gate-protocol.md", typeof(BarrierPosition))]
    [InlineData("gate-protocol.md", typeof(ClaimRefusal))]
    [InlineData("gate-protocol.md", typeof(CommandStep))]
    [InlineData("gate-protocol.md", typeof(CommandObstacle))]
    [InlineData("operations.md", typeof(GateCommandState))]
    [InlineData("operations.md", typeof(BarrierPosition))]
    [InlineData("stays.md", typeof(StayState))]
    [InlineData("stays.md", typeof(StayDoubt))]
    [InlineData("stays.md", typeof(StayEnding))]
    [InlineData("stays.md", typeof(BarrierAct))]
    [InlineData("operations.md", typeof(GatePresence))]
    [InlineData("operations.md", typeof(OccupancyConfidence))]
    public async Task Page_OfTheDocuments_HasEveryValue(string page, Type values) => Assert.Empty(
        await MissingAsync(page, Enum.GetNames(values).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)));

    [Theory]
    [InlineData(typeof(EventUpload))]
    [InlineData(typeof(ReportedScan))]
    [InlineData(typeof(ReportedAct))]
    [InlineData(typeof(ReportedIncident))]
    [InlineData(typeof(ReportedLink))]
    [InlineData(typeof(ReportedInventory))]
    [InlineData(typeof(UploadAnswer))]
    [InlineData(typeof(EventAnswer))]
    [InlineData(typeof(ScanAnswer))]
    [InlineData(typeof(StaySummary))]
    [InlineData(typeof(Fee))]
    [InlineData(typeof(FeeLine))]
    [InlineData(typeof(GateFeed))]
    [InlineData(typeof(OfflineRules))]
    [InlineData(typeof(Heartbeat))]
    [InlineData(typeof(HeartbeatAnswer))]
    [InlineData(typeof(GateCommandList))]
    [InlineData(typeof(GateCommand))]
    [InlineData(typeof(CommandClaim))]
    [InlineData(typeof(CommandClaimAnswer))]
    [InlineData(typeof(ReportedCommand))]
    public async Task GateProtocol_HasEveryMember(Type message) => Assert.Empty(
        await MissingAsync("gate-protocol.md", GateProtocolJson.Options.GetTypeInfo(message).Properties.Select(member => member.Name)));

    /// <summary>The words that stand on the page neither as code nor in an example.</summary>
    private static async Task<IReadOnlyList<string>> MissingAsync(string page, IEnumerable<string> words)
    {
        var text = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "Documents", page), TestContext.Current.CancellationToken);
        var said = Word().Matches(text).Select(word => word.Value).ToHashSet();
        return [.. words.Where(word => !said.Contains(word))];
    }

    /// <summary>A word in quotes or marks of code, or one of its parts between dots, such as in <c>`offline.policy`</c>.</summary>
    [GeneratedRegex("(?<=[`\".])[A-Za-z_]+(?=[`\".])")]
    private static partial Regex Word();
}
