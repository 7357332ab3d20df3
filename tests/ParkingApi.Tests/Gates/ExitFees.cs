using Parking.Api.Tests.Infrastructure;
using Parking.Codes;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Gates;

/// <summary>The fee in the answer to an exit, on every store: the first time and whenever it is asked for again.</summary>
public abstract class ExitFees : GateWorldTests
{
    private static readonly HolderId Driver = new(0xd21);

    [Fact]
    public async Task Exit_OfAPricedStay_CarriesTheFeeItsLinesAndTheAmount()
    {
        var answer = await ParkAsync(TimeSpan.FromMinutes(65));

        Assert.Equal(("CNY", 2500), (answer.Fee!.Currency, answer.Fee.Total));
        Assert.Equal([1500m, 1000m], answer.Fee.Lines!.Select(line => line.Amount));
        Assert.All(answer.Fee.Lines!, line => Assert.NotEqual(("", ""), (line.Text.Zh, line.Text.En)));
        Assert.Equal(new GateDisplay("一路平安，停车1小时5分，¥25", "Goodbye. Parked 1 h 5 min, ¥25"), answer.Display);
    }

    [Fact]
    public async Task Exit_WithinTheGrace_IsFreeAndSaysSo()
    {
        var answer = await ParkAsync(TimeSpan.FromMinutes(15));

        Assert.Equal(0, answer.Fee!.Total);
        Assert.Equal("Goodbye. Parked 15 min, ¥0", answer.Display.En);
    }

    [Fact]
    public async Task Exit_WhereParkingHasNoPrice_IsAsItWas()
    {
        var answer = await ParkAsync(TimeSpan.FromMinutes(65), "other");

        Assert.Null(answer.Fee);
        Assert.Equal(new GateDisplay("一路平安，停车1小时5分", "Goodbye. Parked 1 h 5 min"), answer.Display);
    }

    [Fact]
    public async Task AllButAnExitOfAnOpenStay_HaveNoFee()
    {
        ScanAnswer[] answers =
        [
            await World.DriveAsync("small-out-0", Driver),
            await World.DriveAsync("small-in-0", Driver),
            await World.DriveAsync("small-in-0", Driver),
            await AfterAsync(TimeSpan.FromHours(1), () => World.DriveAsync("small-in-0", Driver)),
        ];

        Assert.Equal(
            [ScanReason.MissedEntry, ScanReason.Entered, ScanReason.AlreadyParked, ScanReason.EnteredAfterMissedExit],
            answers.Select(answer => answer.Reason));
        Assert.All(answers, answer => Assert.Null(answer.Fee));
    }

    [Fact]
    public async Task Exit_RepeatedDaysLater_GetsTheSameFeeAndLines()
    {
        var (scan, first) = await ExitAsync();
        World.Time.Advance(TimeSpan.FromDays(6));

        Assert.Equal(first, await World.AnswerAsync("small-out-0", scan));
    }

    [Fact]
    public async Task Exit_RepeatedWhenItsCodesKeyIsGone_GetsTheSameFeeAndLines()
    {
        var (scan, first) = await ExitAsync();
        World.ForgetKeys();

        Assert.Equal(first, await World.AnswerAsync("small-out-0", scan));
    }

    [Fact]
    public async Task Exit_RepeatedByManyAtOnce_GetsOneFee()
    {
        for (ulong round = 1; round <= 50; round++)
        {
            var driver = new HolderId(round);
            await World.DriveAsync("large-in-0", driver);
            World.Time.Advance(TimeSpan.FromMinutes(65));
            var scan = World.Shown("large-out-0", World.Mint(driver));

            var answers = await AtOnceAsync(32, _ => World.AnswerAsync("large-out-0", scan));

            Assert.Equal(2500, Assert.Single(answers.Distinct()).Fee!.Total);
        }
    }

    [Fact]
    public async Task Exit_RepeatedAfterTheTariffsFileWasChanged_GetsTheSameTotalWithoutLines()
    {
        var (scan, first) = await ExitAsync();
        var changed = new GateWorld(Subject.Live, Subject.Holders, tariffOf: _ => SampleTariffs.SteppedAndChanged);

        var again = await changed.AnswerAsync("small-out-0", scan);

        Assert.Equal(first with { Fee = first.Fee! with { Lines = null } }, again);
    }

    [Fact]
    public async Task Exit_RepeatedAfterTheFacilityLostItsTariff_GetsTheSameTotalWithoutLines()
    {
        var (scan, first) = await ExitAsync();
        var changed = new GateWorld(Subject.Live, Subject.Holders, tariffOf: _ => null);

        var again = await changed.AnswerAsync("small-out-0", scan);

        Assert.Equal(first with { Fee = first.Fee! with { Lines = null } }, again);
    }

    [Fact]
    public async Task Exit_AfterTheVersionWentOutOfForce_IsPricedByTheOneOfItsEntry()
    {
        var world = new GateWorld(Subject.Live, Subject.Holders, tariffOf: _ => SampleTariffs.Changing);
        world.Time.AdjustTime(new DateTimeOffset(2026, 5, 5, 23, 0, 0, TimeSpan.FromHours(8)));
        await world.DriveAsync("small-in-0", Driver);
        world.Time.Advance(TimeSpan.FromHours(3));
        await world.DriveAsync("small-in-0", new(1));

        Assert.Equal(3000, (await world.DriveAsync("small-out-0", Driver)).Fee!.Total);
        world.Time.Advance(TimeSpan.FromHours(20));
        Assert.Equal(3000, (await world.DriveAsync("small-out-0", new(1))).Fee!.Total);
        Assert.Equal(7, (await world.TimelineAsync(Driver)).Stays[0].Terms!.TariffVersion);
        Assert.Equal(9, (await world.TimelineAsync(new(1))).Stays[0].Terms!.TariffVersion);
    }

    [Fact]
    public async Task Exit_OfAStayWithManyLines_CarriesTheTotalAlone()
    {
        var world = new GateWorld(
            Subject.Live, Subject.Holders, tariffOf: _ => SampleTariffs.ManyLines, longestStay: NodaTime.Duration.FromDays(60));
        await world.DriveAsync("small-in-0", Driver);
        world.Time.Advance(TimeSpan.FromDays(40));

        var fee = (await world.DriveAsync("small-out-0", Driver)).Fee!;

        Assert.InRange(fee.Total, 1, long.MaxValue);
        Assert.Null(fee.Lines);
    }

    [Fact]
    public async Task Exit_AfterElevenYears_OpensWithoutAFee()
    {
        // The stay is longer than what can be priced, but the driver must get out.
        var world = new GateWorld(Subject.Live, Subject.Holders);
        await world.DriveAsync("small-in-0", Driver);
        world.Time.Advance(TimeSpan.FromDays(11 * 366));
        world.ForgetKeys();

        var answer = await world.DriveAsync("small-out-0", Driver);

        Assert.Equal((ScanReason.Exited, null), (answer.Reason, answer.Fee));
    }

    private async Task<ScanAnswer> ParkAsync(TimeSpan length, string facility = "small")
    {
        await World.DriveAsync($"{facility}-in-0", Driver);
        return await AfterAsync(length, () => World.DriveAsync($"{facility}-out-0", Driver));
    }

    private async Task<(ReportedScan Scan, ScanAnswer Answer)> ExitAsync()
    {
        await World.DriveAsync("small-in-0", Driver);
        World.Time.Advance(TimeSpan.FromMinutes(65));
        var scan = World.Shown("small-out-0", World.Mint(Driver));
        var answer = await World.AnswerAsync("small-out-0", scan);
        Assert.Equal(2, answer.Fee!.Lines!.Count);
        return (scan, answer);
    }

    private Task<ScanAnswer> AfterAsync(TimeSpan wait, Func<Task<ScanAnswer>> act)
    {
        World.Time.Advance(wait);
        return act();
    }
}
