using NodaTime;
using Parking.Contracts;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.Pages.Tests.Browser;
using Parking.Pages.Tests.Offline;

namespace Parking.Pages.Tests.Story;

/// <summary>
/// A driver's day: signs in, adds a vehicle, parks and leaves; then links the phone, and parks and leaves where neither the phone nor the
/// gates have a network. The cameras read the pictures of the page. Afterwards the books are exact.
/// </summary>
public sealed class DriverStoryTests(Chromium chromium)
{
    /// <summary>¥15 for the first hour, then ¥10 for each half hour that has begun, at any time of the day.</summary>
    private const string Facility = "yuyuan";

    private const string Fee = ".stay .fee";

    private static readonly Duration Minute = Duration.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Language, what is said at the entry and at the exit, and until when the first price holds.</summary>
    public static TheoryData<string, string, string, string> WordsOfTheDay => new(Inspection.InOneLanguageOrAll(
        ("en", "Your stay began at 13:00", "Your stay ended at 14:10", "Leave by 14:00"),
        ("zh", "13:00 停车开始", "14:10 停车结束", "14:00 前离场")));

    /// <summary>Language, until when the price holds, and of when it is.</summary>
    public static TheoryData<string, string, string> WordsOfThePrice => new(Inspection.InOneLanguageOrAll(
        ("en", "Leave by 14:00", "last known at 13:01"),
        ("zh", "14:00 前离场", "13:01 时的费用")));

    [Theory]
    [MemberData(nameof(WordsOfTheDay))]
    public async Task Day_OnlineAndOffline_IsTheSameForDriverGatesAndBooks(
        string language, string began, string ended, string leaveBy)
    {
        await using var city = await SimulatedCity.StartAsync();
        var (entry, exit) = (await city.OpenGateAsync($"{Facility}-in-1"), await city.OpenGateAsync($"{Facility}-out-1"));
        var phone = await city.OpenPhoneAsync(chromium, DriverScreen.LinXia, language);
        await phone.AddVehicleAsync("沪AD12345");
        await phone.OpenTabAsync("code");
        await phone.UntilReadsAsync("#code-plate", "沪A·D12345");

        // With a network.
        await PassAsync(entry, await phone.FirstCodeAsync());
        await phone.UntilReadsAsync("#moment h2", began);
        await city.PassAsync(Minute);
        await phone.UntilReadsAsync(Fee, "¥15");
        await phone.UntilReadsAsync(".stay .next", leaveBy);
        await city.PassAsync(69 * Minute);
        await phone.UntilReadsAsync(Fee, "¥25");
        var exited = await PassAsync(exit, await phone.FirstCodeAsync());

        await phone.UntilReadsAsync("#moment h2", ended);
        await phone.UntilReadsAsync("#moment .fee", "¥25");
        var fee = exited.Answer!.Fee!;
        Assert.Equal(2500, fee.Total);
        Assert.Equal(DriverScreen.LinesOf(fee, language), await phone.OpenLastStayAsync(fee));

        // Without one, from before the entry until after the exit. Nobody tells the phone that a barrier has opened.
        await phone.OpenTabAsync("code");
        await phone.LinkAsync();
        await city.CutAsync();
        await phone.GoAsync("/driver");
        await phone.UntilHasOwnCodeAsync();
        var showings = new List<GateShowing> { await PassAsync(entry, await phone.FirstCodeAsync()) };
        await city.PassAsync(100 * Minute);
        await phone.UntilHasOwnCodeAsync();
        showings.Add(await PassAsync(exit, await phone.FirstCodeAsync()));

        Assert.All(showings, showing => Assert.Equal((true, ScanReason.OpenedOffline), (showing.IsLocal, showing.Reason)));
        city.Mend();
        await city.SettleAsync();
        await phone.OpenTabAsync("stays");
        await phone.UntilReadsAsync("#stays .past:first-child .sum", "¥35");
        await AssertBooksAsync(city, 2500, 3500);
        await phone.AssertCleanAsync();
    }

    /// <summary>What the phone shows of an open stay without a network: the last price with its time, as long as it holds.</summary>
    [Theory]
    [MemberData(nameof(WordsOfThePrice))]
    public async Task OpenStay_WithoutANetwork_HasItsLastPrice_NeverBeyondItsValidity(
        string language, string leaveBy, string lastKnown)
    {
        await using var city = await SimulatedCity.StartAsync();
        var entry = await city.OpenGateAsync($"{Facility}-in-1");
        var phone = await city.OpenPhoneAsync(chromium, DriverScreen.LinXia, language);
        await phone.LinkAsync();
        await PassAsync(entry, await phone.FirstCodeAsync());
        await city.PassAsync(Minute);
        await phone.UntilReadsAsync(Fee, "¥15");
        await city.CutAsync();

        await phone.GoAsync("/driver");

        await phone.UntilReadsAsync(Fee, "¥15");
        await phone.UntilReadsAsync(".stay .next", leaveBy);
        await phone.UntilReadsAsync(".stay [data-part=note]", lastKnown);
        await city.PassAsync(58 * Minute);
        await phone.UntilReadsAsync("#lost", "13:01");
        await phone.UntilReadsAsync(Fee, "¥15");
        await city.PassAsync(2 * Minute);
        await phone.UntilReadsAsync(Fee, "—");
        await phone.GoAsync("/driver");
        await phone.UntilReadsAsync(Fee, "—");

        city.Mend();
        await phone.UntilReadsAsync(Fee, "¥25");
        await phone.AssertCleanAsync();
    }

    /// <summary>Shows a code to a gate's camera, and drives through.</summary>
    private static async Task<GateShowing> PassAsync(GateMachine gate, string code)
    {
        var showing = await gate.ShowAsync(code, Cancellation);
        Assert.True(showing is { IsOpen: true }, $"{showing}");
        await gate.LeaveAsync();
        return showing;
    }

    private static async Task AssertBooksAsync(SimulatedCity city, params long[] fees)
    {
        Assert.Empty((await city.ReadAsync<StaysAtRiskAnswer>("/v1/risk/stays")).Stays);
        var facility = await city.ReadAsync<FacilityAnswer>($"/v1/facilities/{Facility}");
        Assert.Equal((0, OccupancyConfidence.Exact), (facility.Occupancy!.Occupied, facility.Occupancy.Confidence));
        var archived = (await city.ReadAsync<ArchivedStaysAnswer>($"/v1/archive/stays?facility={Facility}")).Stays;
        Assert.All(archived, stay => Assert.Equal(Contracts.StayState.Settled, stay.State));
        var stays = await Task.WhenAll(archived.Select(stay => city.ReadAsync<ArchivedStayAnswer>($"/v1/archive/stays/{stay.Id}")));
        Assert.Equal(fees, stays.Select(stay => stay.Revisions[^1].Total!.Value));
    }
}
