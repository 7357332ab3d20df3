using CsCheck;
using NodaTime;
using Parking.Admission;
using Parking.Api.Tests.Stays;
using Parking.Codes;
using Parking.GateProtocol;
using Parking.Tariffs;

namespace Parking.Api.Tests.Gates;

/// <summary>
/// Kept answers. Those from before there were fees are still read for eight days. All of them fit where Redis keeps them compactly.
/// </summary>
public class StoredAnswerTests
{
    private static readonly CodeId Stay = CodeId.Parse("4be1c6f0a7d94f0f8f2c1a5d3e6b7a90");
    private static readonly Instant Later = Traffic.Start + Duration.FromMinutes(65);

    private static readonly Gen<long> GenTotal = Gen.OneOf(Gen.Long[0, 100_000], Gen.Long[0, long.MaxValue]);

    private static readonly Gen<Duration> GenLength =
        Gen.Long[0, (long)ParkedStay.MaxLength.TotalMilliseconds].Select(Duration.FromMilliseconds);

    /// <summary>As the service wrote them before there were fees.</summary>
    public static TheoryData<string, string> BeforeFees => new()
    {
        { "entered", "85011b000001a20c91a000504be1c6f0a7d94f0f8f2c1a5d3e6b7a901b000001a20c91a000f6" },
        { "exited", "85031b000001a20ccd2260504be1c6f0a7d94f0f8f2c1a5d3e6b7a901b000001a20c91a0001b000001a20ccd2261" },
        { "missed entry", "85041b000001a20c91a000504be1c6f0a7d94f0f8f2c1a5d3e6b7a90f61b000001a20c91a000" },
        { "refused", "85171b000001a20c91a000f6f6f6" },
    };

    [Theory]
    [MemberData(nameof(BeforeFees))]
    public void Answer_WrittenBeforeFees_IsReadAsItWas(string which, string hex) => Assert.Equal(
        which switch
        {
            "entered" => new(ScanReason.Entered, Traffic.Start, Stay, Traffic.Start),
            "exited" => new(ScanReason.Exited, Later, Stay, Traffic.Start, Later + Duration.FromMilliseconds(1)),
            "missed entry" => new(ScanReason.MissedEntry, Traffic.Start, Stay, null, Traffic.Start),
            _ => new StoredAnswer(ScanReason.CallAttendant, Traffic.Start),
        },
        StoredAnswer.Decode(Convert.FromHexString(hex)));

    [Fact]
    public void Answer_WithAFee_IsFrozen()
    {
        var answer = new StoredAnswer(
            ScanReason.Exited, Later, Stay, Traffic.Start, Later + Duration.FromMilliseconds(1), new(2500, "CNY"));

        Assert.Equal(
            "86031b000001a20ccd2260504be1c6f0a7d94f0f8f2c1a5d3e6b7a903a003b825f01821909c463434e59",
            Convert.ToHexStringLower(answer.Encode()));
        Assert.Equal(answer, StoredAnswer.Decode(answer.Encode()));
    }

    [Fact]
    public void Answer_ThatNamesItsHolder_IsFrozen()
    {
        var answer = new StoredAnswer(ScanReason.CallAttendant, Traffic.Start, Holder: new(0x8000_0000_0000_0001));

        Assert.Equal("87171b000001a20c91a000f6f6f6f61b8000000000000001", Convert.ToHexStringLower(answer.Encode()));
        Assert.Equal(answer, StoredAnswer.Decode(answer.Encode()));
    }

    [Fact]
    public void Answer_OfAnyStayAndFee_ComesBackAsItWas_AndFitsAListEntry() =>
        Gen.Select(GenLength, Gen.Int[-1000, 3_600_000], Gen.Long[0, long.MaxValue], Gen.Bool).SampleCases(
            Depth.Cases,
            (length, ahead, total, hasFee) =>
            {
                var exitedAt = Later + Duration.FromMilliseconds(ahead);
                var answer = new StoredAnswer(
                    ScanReason.CallAttendant, Later, Stay, exitedAt - length, exitedAt, hasFee ? new(total, "CNY") : null);

                var stored = answer.Encode();

                Assert.InRange(stored.Length, 1, StoredAnswer.MaxLength);
                Assert.Equal(answer, StoredAnswer.Decode(stored));
            });

    [Theory]
    [InlineData("")]
    [InlineData("8101")]
    [InlineData("88011b000001a20c91a000f6f6f6f61b80000000000000018101")]
    [InlineData("87011b000001a20c91a000f6f6f6f6f6")]
    [InlineData("86171b000001a20c91a000f6f6f68101")]
    [InlineData("8618631b000001a20c91a000f6f6f6f6")]
    public void Answer_ThatIsDamaged_IsSaid(string hex) =>
        Assert.Throws<InvalidDataException>(() => StoredAnswer.Decode(Convert.FromHexString(hex)));

    [Fact]
    public void Display_OfAnyStayAndFee_FitsAndSaysTheAmount() =>
        Gen.Select(GenLength, GenTotal, Gen.OneOf("CNY", "GBP", "JPY", "KWD")).SampleCases(Depth.Cases, (length, total, currency) =>
        {
            var display = GateDisplays.For(new(ScanReason.Exited, Later, Stay, Later - length, Later, new(total, currency)));

            Assert.InRange(display.Zh.Length, 1, GateDisplay.MaxLength);
            Assert.InRange(display.En.Length, 1, GateDisplay.MaxLength);
            Assert.EndsWith(Wording.Money(total, currency), display.En, StringComparison.Ordinal);
            Assert.EndsWith(Wording.Money(total, currency), display.Zh, StringComparison.Ordinal);
        });

    [Theory]
    [InlineData(65 * 60_000, 2500, "一路平安，停车1小时5分，¥25", "Goodbye. Parked 1 h 5 min, ¥25")]
    [InlineData(10 * 60_000, 0, "一路平安，停车10分钟，¥0", "Goodbye. Parked 10 min, ¥0")]
    [InlineData(65 * 60_000, -1, "一路平安，停车1小时5分", "Goodbye. Parked 1 h 5 min")]
    [InlineData(40 * 86_400_000L, 1_234_567_890_123_400, "一路平安，¥12345678901234", "Goodbye. ¥12345678901234")]
    public void Display_OfAnExit_SaysHowLongAndHowMuch(long milliseconds, long total, string zh, string en)
    {
        var answer = new StoredAnswer(
            ScanReason.Exited, Later, Stay, Later - Duration.FromMilliseconds(milliseconds), Later, total < 0 ? null : new(total, "CNY"));

        Assert.Equal(new GateDisplay(zh, en), GateDisplays.For(answer));
    }

    [Fact]
    public void Display_OfAnExit_CountsWholeSecondsAsThePriceDoes()
    {
        var entered = Traffic.Start + Duration.FromMilliseconds(900);
        var exited = Traffic.Start + Duration.FromHours(1) + Duration.FromMilliseconds(100);

        Assert.Equal("Goodbye. Parked 1 h 0 min", GateDisplays.For(new(ScanReason.Exited, exited, Stay, entered, exited)).En);
    }
}
