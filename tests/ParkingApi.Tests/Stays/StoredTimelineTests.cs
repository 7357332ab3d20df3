using CsCheck;
using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.GateProtocol;
using Parking.Tariffs;
using Parking.Timelines;
using static Parking.Api.Tests.Stays.Traffic;

namespace Parking.Api.Tests.Stays;

/// <summary>Bytes as they are in stores. What was written once can always be read.</summary>
public class StoredTimelineTests
{
    /// <summary>Written by the service as it was before stays had a price.</summary>
    private const string BeforePrices =
        "8201838d01686873702d696e2d311b9f2c4e1ab03d55770c63687370011b000001a20c91a00038f90001504be1c6f0a7d94f0f8f2c1a5d3e6b7a9002"
        + "1b0123456789abcdef"
        + "8d01696873702d6f75742d311b1f2c4e1ab03d55770763687370021b000001a20ccd226120200350000000000000000000000000000000010202"
        + "8d01686873702d696e2d311b9f2c4e1ab03d55770d63687370011b000001a20c91a00038f90016504be1c6f0a7d94f0f8f2c1a5d3e6b7a9000"
        + "1b0123456789abcdef";

    /// <summary>The first of them again, with terms.</summary>
    private const string WithTerms =
        "8201819102686873702d696e2d311b9f2c4e1ab03d55770c63687370011b000001a20c91a00038f90001504be1c6f0a7d94f0f8f2c1a5d3e6b7a9002"
        + "1b0123456789abcdef"
        + "070218577764697361626c65642d6261646765207265736964656e74";

    /// <summary>The first of them once more, then its vehicle passed, a person opened, and somebody looked.</summary>
    private const string WithActs =
        "8201848d01686873702d696e2d311b9f2c4e1ab03d55770c63687370011b000001a20c91a00038f90001504be1c6f0a7d94f0f8f2c1a5d3e6b7a9002"
        + "1b0123456789abcdef"
        + "8703000301192328001896" + "88030005021923280018966466697265"
        + "8a04686873702d696e2d311b9f2c4e1ab03d55770f636873701b000001a20c91a00000051b0123456789abcdef820102";

    /// <summary>The first of them with a latest time, without terms and with them.</summary>
    private const string WithTimesInDoubt =
        "8201828e01686873702d696e2d311b9f2c4e1ab03d55770c63687370011b000001a20c91a00038f90001504be1c6f0a7d94f0f8f2c1a5d3e6b7a9002"
        + "1b0123456789abcdef"
        + "8182011a00a4cb80"
        + "9202686873702d696e2d311b9f2c4e1ab03d55770d63687370011b000001a20c91a00038f90001504be1c6f0a7d94f0f8f2c1a5d3e6b7a9002"
        + "1b0123456789abcdef"
        + "070218577764697361626c65642d6261646765207265736964656e74"
        + "8182011a00a4cb80";

    private static readonly ScanEvent Entered = new()
    {
        Id = new(new("hsp-in-1"), new(0x9f2c4e1ab03d5577), 12),
        Facility = new("hsp"),
        Direction = GateDirection.Entry,
        DeviceTime = Start - Duration.FromMilliseconds(250),
        ClockOffset = Duration.FromMilliseconds(250),
        Code = CodeId.Parse("4be1c6f0a7d94f0f8f2c1a5d3e6b7a90"),
        Vehicle = new(2),
        Decision = new(ScanReason.Entered, Start),
        Sent = new(0x0123456789abcdef),
    };

    private static readonly ScanEvent Exited = Entered with
    {
        Id = new(new("hsp-out-1"), new(0x1f2c4e1ab03d5577), 7),
        Direction = GateDirection.Exit,
        DeviceTime = Start + Duration.FromMinutes(65),
        ClockOffset = Duration.FromMilliseconds(1),
        Code = CodeId.Parse("00000000000000000000000000000001"),
        Decision = new(ScanReason.Exited, Start + Duration.FromMinutes(65)),
        Sent = new(2),
    };

    private static readonly ScanEvent Refused = Entered with
    {
        Id = new(new("hsp-in-1"), new(0x9f2c4e1ab03d5577), 13),
        Vehicle = VehicleSlot.None,
        Decision = new(ScanReason.Full, Start),
    };

    private static readonly EntryTerms Terms = new(7, VehicleClass.Motorcycle, 87, Entitlements.Of("resident", "disabled-badge"));

    private static readonly Gen<EntryTerms> GenTerms = Gen.Select(
        Gen.Int[1, 1_000_000], Gen.Enum<VehicleClass>(), Gen.Int[0, 10_000_000],
        Gen.Char["ab-1 "].Array[0, 40].Select(letters => new string(letters)),
        (version, kind, percent, names) => new EntryTerms(version, kind, percent, Entitlements.Of(names)));

    [Fact]
    public void Timeline_WrittenBeforePrices_IsReadAsItWas()
    {
        var timeline = TimelineCodec.Decode(Bytes(BeforePrices));

        Assert.Equal([Entered, Exited, Refused], timeline.Events);
        var stay = Assert.Single(timeline.Stays);
        Assert.Null(stay.Terms);
    }

    [Fact]
    public void Timeline_WithoutTerms_IsWrittenAsBefore() =>
        Assert.Equal(Bytes(BeforePrices), TimelineCodec.Encode(TimelineOf(Entered, Exited, Refused)));

    [Fact]
    public void Timeline_WithATimeInDoubt_IsFrozen()
    {
        var doubted = Entered with { LatestAt = Start + Duration.FromHours(3) };
        var priced = doubted with { Id = Entered.Id with { Seq = 13 }, Terms = Terms };

        Assert.Equal(WithTimesInDoubt, Convert.ToHexStringLower(TimelineCodec.Encode(TimelineOf(doubted, priced))));
        Assert.Equal([doubted, priced], TimelineCodec.Decode(Bytes(WithTimesInDoubt)).Events);
    }

    [Fact]
    public void Timeline_WithAnExitOnAPlateOfAnother_IsFrozen()
    {
        var marked = Exited with { IsPlateParkedByAnother = true };
        const string written = "8201818e01696873702d6f75742d311b1f2c4e1ab03d55770763687370021b000001a20ccd2261202003"
            + "50000000000000000000000000000000010202" + "81820201";

        Assert.Equal(written, Convert.ToHexStringLower(TimelineCodec.Encode(TimelineOf(marked))));
        Assert.Equal([marked], TimelineCodec.Decode(Bytes(written)).Events);
    }

    [Fact]
    public void Timeline_WithACodeThatExpiredOnTheWay_IsFrozen()
    {
        var marked = Exited with { WasCodeAlive = true };
        const string written = "8201818e01696873702d6f75742d311b1f2c4e1ab03d55770763687370021b000001a20ccd2261202003"
            + "50000000000000000000000000000000010202" + "81820301";

        Assert.Equal(written, Convert.ToHexStringLower(TimelineCodec.Encode(TimelineOf(marked))));
        Assert.Equal([marked], TimelineCodec.Decode(Bytes(written)).Events);
    }

    [Fact]
    public void Timeline_WithAFeeThatWasDisplayed_IsFrozen()
    {
        var shown = Exited with { WasCodeAlive = true, Displayed = new(2500, "CNY") };
        const string written = "8201818e01696873702d6f75742d311b1f2c4e1ab03d55770763687370021b000001a20ccd2261202003"
            + "50000000000000000000000000000000010202" + "82820301" + "83041909c463434e59";

        Assert.Equal(written, Convert.ToHexStringLower(TimelineCodec.Encode(TimelineOf(shown))));
        Assert.Equal([shown], TimelineCodec.Decode(Bytes(written)).Events);
    }

    [Fact]
    public void Timeline_ThatWasErased_IsFrozen_AndStaysErased()
    {
        var erased = TimelineOf(Exited).Erase(Start);
        const string written = "8301818d01696873702d6f75742d311b1f2c4e1ab03d55770763687370021b000001a20ccd2261202003"
            + "50000000000000000000000000000000010202" + "1b000001a20c91a000";

        Assert.Equal(written, Convert.ToHexStringLower(TimelineCodec.Encode(erased)));
        Assert.Equal(Start, TimelineCodec.Decode(Bytes(written)).ErasedAt);
        Assert.Equal([Exited], TimelineCodec.Decode(Bytes(written)).Events);
        Assert.Equal(Start, erased.Add(Entered).Trim(Start + Duration.FromDays(100)).ErasedAt);
    }

    [Fact]
    public void Timeline_WithTerms_IsFrozen()
    {
        var priced = Entered with { Terms = Terms };

        Assert.Equal(Convert.ToHexStringLower(Bytes(WithTerms)), Convert.ToHexStringLower(TimelineCodec.Encode(TimelineOf(priced))));
        Assert.Equal([priced], TimelineCodec.Decode(Bytes(WithTerms)).Events);
    }

    [Fact]
    public void Timeline_WithActsAndAnInventory_IsFrozen()
    {
        var passed = new ActEvent
        {
            Id = Entered.Id with { Seq = 13 },
            Facility = Entered.Facility,
            DeviceTime = Entered.DeviceTime + Duration.FromSeconds(9),
            ClockOffset = Entered.ClockOffset,
            Act = BarrierAct.Passed,
            Scan = Entered.Id,
            TakenInAt = Entered.OccurredAt + Duration.FromMilliseconds(9150),
        };
        var inventory = new InventoryEvent
        {
            Id = Entered.Id with { Seq = 15 },
            Facility = Entered.Facility,
            DeviceTime = Start,
            ClockOffset = Duration.Zero,
            TakenInAt = Start + Duration.FromMilliseconds(5),
            Sent = Entered.Sent,
            Closes = [1, 2],
        };
        var timeline = TimelineOf(
            Entered, passed, passed with { Id = Entered.Id with { Seq = 14 }, Act = BarrierAct.OpenedByHand, Reason = "fire" }, inventory);

        Assert.Equal(WithActs, Convert.ToHexStringLower(TimelineCodec.Encode(timeline)));
        Assert.Equal(timeline.Events, TimelineCodec.Decode(Bytes(WithActs)).Events);
    }

    [Fact]
    public void Timeline_WithAnyTerms_ComesBackAsItWas_AndItsStaysHaveThem() => GenTerms.SampleCases(
        Depth.Cases,
        terms =>
        {
            var timeline = TimelineCodec.Decode(TimelineCodec.Encode(TimelineOf(Entered with { Terms = terms }, Exited)));

            Assert.Equal([Entered with { Terms = terms }, Exited], timeline.Events);
            Assert.Equal(terms, Assert.Single(timeline.Stays).Terms);
        });

    [Theory]
    [InlineData(1, 2, "format 2")]
    [InlineData(4, 3, "does not know")]
    [InlineData(4, 2, "does not know")]
    public void Timeline_OfALaterVersion_IsSaid(int at, byte value, string expected)
    {
        // The byte of the format, and that of the first event's kind.
        var content = Bytes(BeforePrices);
        content[at] = value;

        Assert.Contains(
            expected, Assert.Throws<InvalidDataException>(() => TimelineCodec.Decode(content)).Message, StringComparison.Ordinal);
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex);
}
