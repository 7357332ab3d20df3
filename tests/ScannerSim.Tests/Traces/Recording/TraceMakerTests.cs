using System.Text.Json;
using NodaTime;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.Simulation.Phones;
using Parking.Simulation.Traces;
using Parking.Simulation.Traces.Recording;
using VehicleMove = Parking.Simulation.Traces.VehicleMove;

namespace Parking.ScannerSim.Tests.Traces.Recording;

/// <summary>
/// The conversion of a service's events to a trace. Tests the rules of docs/traces.md. Times are seconds after the start of the recording.
/// </summary>
public sealed class TraceMakerTests
{
    private long _seq;

    [Fact]
    public void Passages_AreScansThatPass_WithShortNamesInTheOrderOfTheirAppearance()
    {
        var trace = Make(
            Scan(10, "in", "dbbbb", "entered", "v2", "electric"), Act(13, "passed", 1),
            Scan(20, "in", "daaaa", "entered", "v1", "car"), Act(23, "passed", 3),
            Scan(90, "out", "dbbbb", "exited", "v2", "electric"), Act(92, "passed", 5));

        Assert.Equal(
            [
                (10, "in", "d000001", new Vehicle("REC000001", VehicleClass.Electric), ScanReason.Entered),
                (20, "in", "d000002", new Vehicle("REC000002", VehicleClass.Car), ScanReason.Entered),
                (90, "out", "d000001", new Vehicle("REC000001", VehicleClass.Electric), ScanReason.Exited),
            ],
            Scans(trace).Select(scan => (Seconds(scan), scan.Gate, scan.Driver, scan.Vehicle!, scan.Expect!.Value)));
        Assert.All(Scans(trace), scan => Assert.Equal((ShownCode.Valid, VehicleMove.Passed, null), (scan.Show, scan.Then, scan.Code)));
        Assert.Equal(TestTraces.Starts + Duration.FromSeconds(92), trace.Ends);
    }

    [Theory]
    [InlineData("backed_out", "opened", "backed_out")]
    [InlineData("backed_out", "opened", "passed", "backed_out")]
    [InlineData("backed_out", "stayed_shut", "opened_by_hand", "backed_out")]
    [InlineData("backed_out", "stayed_shut")]
    [InlineData("passed", "opened", "stayed_shut")]
    [InlineData("passed", "stayed_shut", "opened_by_hand")]
    [InlineData("passed", "opened", "passed")]
    [InlineData("passed", "opened")]
    [InlineData("passed")]
    public void Acts_AfterAnOpening_BecomeWhatTheVehicleDid(string expected, params string[] acts)
    {
        var trace = Make([Scan(10, "in", "d1", "entered"), .. acts.Select((act, index) => Act(11 + index, act, 1))]);

        Assert.Equal(expected, WireNames<VehicleMove>.Of(Assert.IsType<TraceScan>(Assert.Single(trace.Events)).Then).Value);
    }

    [Theory]
    [InlineData("not_a_code", "foreign", ScanReason.NotACode)]
    [InlineData("bad_encoding", "foreign", ScanReason.NotACode)]
    [InlineData("bad_shape", "foreign", ScanReason.NotACode)]
    [InlineData("unsupported_algorithm", "foreign", ScanReason.NotACode)]
    [InlineData("unknown_key", "forged", ScanReason.UnknownKey)]
    [InlineData("bad_certificate", "forged", ScanReason.UnknownKey)]
    [InlineData("outside_certificate", "expired", ScanReason.Expired)]
    [InlineData("device_revoked", "revoked", ScanReason.DeviceRevoked)]
    [InlineData("bad_signature", "damaged", ScanReason.BadSignature)]
    public void CodeOfNobody_IsShownBySomebodyElseEachTime(string reason, string show, ScanReason expected)
    {
        var trace = Make(Scan(10, "in", null, reason), Scan(20, "in", null, reason), Act(25, "opened_by_hand", 2));

        Assert.Equal(
            [("u000001", show, expected), ("u000002", show, expected)],
            Scans(trace).Select(scan => (scan.Driver, WireNames<ShownCode>.Of(scan.Show).Value, scan.Expect!.Value)));
        Assert.Equal("u000002", Assert.Single(trace.Events.OfType<TraceOpenedByHand>()).Driver);
    }

    [Fact]
    public void ExpiredCode_IsTheDriversOwn()
    {
        var trace = Make(Scan(10, "in", "d1", "expired"), Scan(20, "in", "d1", "entered"), Scan(30, "in", "d1", "not_yet_valid"));

        Assert.Equal(
            [
                ("d000001", ShownCode.Expired, ScanReason.Expired),
                ("d000001", ShownCode.Valid, ScanReason.Entered),
                ("d000001", ShownCode.Expired, ScanReason.Expired),
            ],
            Scans(trace).Select(scan => (scan.Driver, scan.Show, scan.Expect)));
    }

    [Fact]
    public void CopyOfACode_HasTheLabelOfTheOneThatOpened()
    {
        var trace = Make(
            Scan(10, "in", "d1", "entered", code: "cx"),
            Scan(20, "in", "d1", "code_used", code: "cx"),
            Scan(30, "in", "d2", "entered", code: "cy"),
            Scan(80, "in", "d1", "code_used", code: "cx"));

        Assert.Equal(
            [
                ("c1", ScanReason.Entered, VehicleMove.Passed),
                ("c1", ScanReason.CodeUsed, VehicleMove.Passed),
                (null, ScanReason.Entered, VehicleMove.Passed),
                (null, null, VehicleMove.BackedOut),
            ],
            Scans(trace).Select(scan => (scan.Code, scan.Expect, scan.Then)));
    }

    [Theory]
    [InlineData("exited", null)]
    [InlineData("entered_after_missed_exit", null)]
    [InlineData("already_parked", null)]
    [InlineData("entered", ScanReason.Entered)]
    [InlineData("missed_entry", ScanReason.MissedEntry)]
    [InlineData("call_attendant", ScanReason.CallAttendant)]
    public void FirstDecisionOfAVehicle_IsExpectedOnlyWhereItWasNotParkedBefore(string reason, ScanReason? expected)
    {
        var gate = reason is "exited" or "missed_entry" or "call_attendant" ? "out" : "in";

        var first = Make(Scan(10, gate, "d1", reason, "v1", "car"));
        var second = Make(Scan(5, gate, "d1", "entered", "v2", "car"), Scan(10, gate, "d1", reason, "v1", "car"));

        Assert.Equal(expected, Scans(first).Single().Expect);
        Assert.Equal(expected, Scans(second).Last().Expect);
    }

    [Theory]
    [InlineData("full")]
    [InlineData("facility_closed")]
    [InlineData("offline_shut")]
    [InlineData("offline_limit")]
    public void RefusalThatDependsOnWhatTheTraceDoesNotTell_LeavesTheVehicleOutside_UnlessItWasLetInAllTheSame(string reason)
    {
        var trace = Make(
            Scan(10, "in", "d1", reason), Act(11, "stayed_shut", 1), Scan(20, "in", "d1", "entered"),
            Scan(30, "in", "d2", reason), Act(33, "opened_by_hand", 4), Scan(60, "out", "d2", "exited"), Scan(90, "in", "d2", "entered"),
            Scan(91, "in", "d3", reason), Act(92, "opened", 8), Act(93, "passed", 8), Scan(99, "out", "d3", "exited"));

        // Another service may refuse this vehicle again. So the trace cannot know where the vehicle is until its exit.
        Assert.Equal(
            [
                (VehicleMove.BackedOut, null), (VehicleMove.Passed, ScanReason.Entered),
                (VehicleMove.Passed, null), (VehicleMove.Passed, null), (VehicleMove.Passed, ScanReason.Entered),
                (VehicleMove.Passed, null), (VehicleMove.Passed, null),
            ],
            Scans(trace).Select(scan => (scan.Then, scan.Expect)));
        Assert.Empty(trace.Events.OfType<TraceOpenedByHand>());
    }

    [Theory]
    [InlineData("already_parked", ScanReason.AlreadyParked)]
    [InlineData("expired", ScanReason.Expired)]
    [InlineData("not_yet_valid", ScanReason.Expired)]
    public void RefusalThatIsMadeAgain_AndWasOpenedAllTheSame_IsFollowedByAnOpeningByHand(string reason, ScanReason expected)
    {
        var trace = Make(
            Scan(10, "in", "d1", "entered"),
            Scan(20, "in", "d1", reason),
            Act(26, "opened", 2),
            Act(28, "passed", 2),
            Scan(60, "out", "d1", "exited"));

        Assert.Equal([ScanReason.Entered, expected, ScanReason.Exited], Scans(trace).Select(scan => scan.Expect!.Value));
        Assert.Equal((26, "d000001"), (Seconds(trace.Events[2]), Assert.IsType<TraceOpenedByHand>(trace.Events[2]).Driver));
    }

    [Fact]
    public void ExitOfAVehicleThatIsSomewhereElseByTheTrace_IsNotExpected()
    {
        var trace = Make(
            Scan(10, "in", "d1", "entered"),
            Scan(20, "out", "d1", "exited"),
            Scan(30, "out", "d1", "exited"),
            Scan(40, "out", "d1", "missed_entry"));

        Assert.Equal([ScanReason.Entered, ScanReason.Exited, null, ScanReason.MissedEntry], Scans(trace).Select(scan => scan.Expect));
    }

    [Theory]
    [InlineData("opened_offline", "opened")]
    [InlineData("offline_shut", "stayed_shut")]
    public void CodeThatAGateTookAloneAndThatIsNobodys_IsAVehicle_OrNothingThatAnybodyTakes(string reason, string act)
    {
        var trace = Make(Scan(10, "in", null, reason), Act(11, act, 1));

        var only = Assert.Single(trace.Events);
        Assert.Equal(
            act == "opened" ? (null, null) : (ShownCode.Foreign, ScanReason.NotACode),
            only is TraceScan scan ? (scan.Show, scan.Expect) : ((ShownCode?)null, (ScanReason?)null));
        Assert.True(only is TraceScan or TraceOpenedByHand { Driver: null });
    }

    [Fact]
    public void CodeThatWasFreeAgain_HasNoLabel_OnlyTheScanThatUsedIt()
    {
        var trace = Make(
            Scan(10, "in", "d1", "entered", code: "cx"),
            Act(11, "stayed_shut", 1),
            Scan(20, "in", "d1", "entered", code: "cx"),
            Scan(30, "in", "d1", "code_used", code: "cx"));

        Assert.Equal(
            [(null, ScanReason.Entered), ("c1", ScanReason.Entered), ("c1", ScanReason.CodeUsed)],
            Scans(trace).Select(scan => (scan.Code, scan.Expect!.Value)));
    }

    [Fact]
    public void HandOpening_OfAScanFromBefore_IsAVehicleOfNobody_AndNeverComesBeforeItsScan()
    {
        var trace = Make(
            Scan(-3, "in", "d1", "full"),
            Act(4, "opened_by_hand", 1),
            Scan(20, "in", "d2", "expired"),
            Act(12, "opened_by_hand", 3));

        Assert.Equal(
            [(4, null), (20, "d000001")],
            trace.Events.OfType<TraceOpenedByHand>().Select(opened => (Seconds(opened), opened.Driver)));
    }

    [Fact]
    public void Vehicles_HaveOneClass_AndADriverHasEightOfThem()
    {
        var trace = Make([
            Scan(1, "in", "d1", "entered", "v0", "car"), Scan(2, "out", "d1", "exited", "v0", "electric"),
            .. Enumerable.Range(1, 8).Select(n => Scan(10 + n, "in", "d1", "entered", $"v{n}", "car"))]);

        Assert.Equal(VehicleClass.Car, Scans(trace)[1].Vehicle!.Class);
        Assert.Equal(8, Scans(trace).Select(scan => scan.Vehicle).OfType<Vehicle>().Distinct().Count());
        Assert.Null(Scans(trace)[^1].Vehicle);
    }

    [Fact]
    public void DecisionThatWasMadeWithoutKnowingOfALateEvent_IsNotExpected()
    {
        var trace = Make(
            Scan(30, "out", "d1", "missed_entry"),
            Act(31, "passed", 1),
            Scan(10, "in", "d1", "opened_offline"),
            Act(11, "passed", 3),
            Scan(70, "in", "d1", "entered"));

        // After an exit the vehicle is outside, whatever the service knew before.
        Assert.Equal([(10, null), (30, null), (70, ScanReason.Entered)], Scans(trace).Select(scan => (Seconds(scan), scan.Expect)));
    }

    [Theory]
    [InlineData("passed", ScanReason.Exited)]
    [InlineData("backed_out", null)]
    public void LateAct_MakesADecisionUncertain_OnlyIfItSaysSomethingNew(string act, ScanReason? expected)
    {
        var trace = Make(Scan(10, "in", "d1", "entered"), Scan(50, "out", "d1", "exited"), Act(13, act, 1));

        Assert.Equal(expected, Scans(trace)[1].Expect);
    }

    [Fact]
    public void WhatIsRepeated_IsThereOnce_AndWhatWasBefore_NotAtAll()
    {
        var early = Scan(-5, "in", "d0", "entered");
        var scan = Scan(10, "in", "d1", "entered");

        var trace = Make(early, scan, Act(12, "passed", 2), scan);

        Assert.Equal("d000001", Assert.IsType<TraceScan>(Assert.Single(trace.Events)).Driver);
        Assert.Equal(1, trace.LeftOut);
    }

    [Fact]
    public void HandOpenings_NameTheRefusedDriver_AndNeverWhatWasTyped()
    {
        var trace = Make(
            Scan(10, "in", "d1", "entered"),
            Scan(20, "in", "d1", "already_parked"),
            Act(25, "opened_by_hand", 2),
            Act(40, "opened_by_hand", null));

        Assert.Equal(
            [(25, "d000001", TraceMaker.HandReason), (40, null, TraceMaker.HandReason)],
            trace.Events.OfType<TraceOpenedByHand>().Select(opened => (Seconds(opened), opened.Driver, opened.Reason)));
        Assert.Equal(ScanReason.AlreadyParked, Scans(trace).Last().Expect);
    }

    [Fact]
    public void Inventory_ClosesOnlyStaysThatTheTraceKnows()
    {
        var trace = Make(
            Scan(10, "in", "d1", "entered"), Scan(20, "in", "d2", "entered"), Scan(25, "out", "d2", "exited"),
            Inventory(30, [("d1", 1), ("d2", 2), ("d3", 9)], null), Inventory(40, [("d1", 1)], null), Inventory(50, [("d3", 9)], 7));

        Assert.Equal(
            [(30, "d000001", null), (50, "", 7)],
            trace.Events.OfType<TraceInventory>()
                .Select(inventory => (Seconds(inventory), string.Join(',', inventory.Closes), inventory.Count)));
    }

    [Fact]
    public void Inventory_OfOneOfADriversVehicles_OrOfAStayThatWasOver_ClosesNothing()
    {
        var twoInside = Make(
            Scan(10, "in", "d1", "entered", "v1", "car"),
            Scan(20, "in", "d1", "entered", "v2", "car"),
            Inventory(30, [("d1", 1)], null),
            Scan(40, "out", "d1", "exited", "v1", "car"),
            Scan(41, "out", "d1", "exited", "v2", "car"));
        var over = Make(
            Scan(50, "in", "d1", "entered"),
            Scan(60, "out", "d1", "exited"),
            Scan(70, "in", "d1", "entered"),
            Inventory(80, [("d1", 6)], null),
            Scan(90, "in", "d1", "already_parked"));

        Assert.Empty(twoInside.Events.OfType<TraceInventory>());
        Assert.Equal([null, ScanReason.Exited], Scans(twoInside).TakeLast(2).Select(scan => scan.Expect));
        Assert.Empty(over.Events.OfType<TraceInventory>());
        Assert.Equal(ScanReason.AlreadyParked, Scans(over)[^1].Expect);
    }

    [Fact]
    public void Incidents_AreTold_AndQuietIsNot()
    {
        var trace = Make(Line(5, "incident", "in", "\"incident\":\"tailgating\""), $$"""{"type":"quiet","at":"{{At(100)}}"}""");

        Assert.Equal(GateIncident.Tailgating, Assert.IsType<TraceIncident>(Assert.Single(trace.Events)).Incident);
        Assert.Equal(TestTraces.Starts + Duration.FromSeconds(100), trace.Ends);
    }

    [Fact]
    public void NothingHappened_IsATraceOfNothing()
    {
        var trace = Make();

        Assert.Equal((TestTraces.Starts, 0, 0), (trace.Ends, trace.Events.Count, trace.LeftOut));
    }

    private static RecordedTrace Make(params IReadOnlyList<string> lines) => TraceMaker.Make(
        TestTraces.CreateHeader().City.Plan,
        TestTraces.Starts,
        [.. lines.Select(line => JsonSerializer.Deserialize<RecordedLine>(line, ClientJson.Options)!)]);

    private static List<TraceScan> Scans(RecordedTrace trace) => [.. trace.Events.OfType<TraceScan>()];

    private static int Seconds(TraceEvent next) => (int)(next.At - TestTraces.Starts).TotalSeconds;

    private string Scan(
        int at, string gate, string? driver, string reason, string? vehicle = null, string? kind = null, string? code = null) => Line(
        at, "scan", gate, string.Join(',', new[]
        {
            driver is null ? null : $"\"driver\":\"{driver}\",\"code\":\"{code ?? $"c{_seq}"}\",\"stay\":\"s{_seq + 1}\"",
            vehicle is null ? null : $"\"vehicle\":\"{vehicle}\",\"class\":\"{kind}\"",
            $"\"reason\":\"{reason}\"",
        }.OfType<string>()));

    /// <summary>All lines belong to one journal, so a number identifies a scan. Acts happen at the scan's gate.</summary>
    private string Act(int at, string act, int? scan) =>
        Line(at, "act", "in", $"\"act\":\"{act}\"{(scan is null ? "" : $",\"scan\":{scan}")}");

    /// <param name="closes">Drivers, and the numbers of the scans with which the stays began.</param>
    private string Inventory(int at, (string Driver, int Seq)[] closes, int? count) => Line(
        at,
        "inventory",
        "in",
        $"\"closes\":{JsonSerializer.Serialize(closes.Select(stay => new { driver = stay.Driver, stay = $"s{stay.Seq}" }))}" +
        (count is null ? "" : $",\"count\":{count}"));

    private string Line(int at, string type, string gate, string members) =>
        $$"""{"type":"{{type}}","at":"{{At(at)}}","gate":"{{gate}}","journal":"00000000000000aa","seq":{{++_seq}},{{members}}}""";

    private static string At(int seconds) => (TestTraces.Starts + Duration.FromSeconds(seconds)).ToString();
}
