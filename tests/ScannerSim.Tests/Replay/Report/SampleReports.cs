using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Cities;
using Parking.Simulation.Replay;
using Parking.Simulation.Replay.Books;
using Parking.Simulation.Replay.Oracle;
using Parking.Simulation.Replay.Report;
using Parking.Simulation.Replay.Verdict;
using Parking.Simulation.Traces;

namespace Parking.ScannerSim.Tests.Replay.Report;

/// <summary>Invented reports of replays.</summary>
internal static class SampleReports
{
    /// <summary>
    /// A report with three facilities, a few scans, two mismatches, a conflict, and texts with characters that markup must escape.
    /// </summary>
    public static ReplayReport Small()
    {
        var scene = new Scene()
            .In("a", 0).But(showing => showing with
            {
                Expected = ScanReason.Entered,
                TapToOpen = Duration.FromMilliseconds(12.5),
                RoundTrip = Duration.FromMilliseconds(4),
                ServiceTime = Duration.FromMilliseconds(1.25),
            })
            .Out("a", 65).But(showing => showing with
            {
                Expected = ScanReason.Exited,
                Reason = ScanReason.OpenedOffline,
                DecidedAlone = true,
                Attempts = 3,
                Reach = FaultReach.GateCut | FaultReach.HolderUnsent,
            })
            .In("a", 90, driver: "d2").But(showing => showing with { Expected = ScanReason.Full, Shown = ShownCode.Valid })
            .In("b", 100).In("c", 130).Out("b", 140)
            .Inventory("a", 600, new NamedStay("d2"))
            .Sample("a", 30, 1).Sample("a", 200, 1).Sample("a", 700, 2).Sample("b", 200, null, isQuiet: false)
            .Fault("cut", 50, 110, "a", "<cut> & \"quoted\" \u0001").Fault("kill_store", 300, 300).Fault("something_new", 310, 320);
        return Make(scene.Record() with { Incidents = [new(90, Scene.At(400), "b-in", "b", GateIncident.Tailgating)] }, scene.RightBooks());
    }

    /// <summary>A report with as many stays and facilities as a large replay, without mismatches.</summary>
    public static ReplayReport Large(int facilities, int visits, int days)
    {
        var random = new Random(7);
        var showings = new List<Showing>();
        var samples = new List<OccupancySample>();
        for (var visit = 0; visit < visits; visit++)
        {
            var (facility, entered) = ($"f{random.Next(facilities)}", DayTime(random, days));
            Show(facility, GateDirection.Entry, entered, visit);
            var left = Math.Min(entered + 5 + (int)(-90 * Math.Log(1 - random.NextDouble())), (days * 1440) - 1);
            Show(facility, GateDirection.Exit, left, visit);
        }
        var recording = new Scene().Record() with
        {
            City = new(
                [.. Enumerable.Range(0, facilities).Select(number => new FacilityPlan
                {
                    Id = $"f{number}",
                    Name = new($"第{number}停车库", $"Garage number {number}"),
                    Capacity = 60 + (number * 20),
                    Tariff = "t.json",
                    Gates = [],
                })],
                DateTimeZoneProviders.Tzdb["Asia/Shanghai"]),
            Showings = showings,
            Faults = [.. Enumerable.Range(0, 300).Select(number => RandomFault(random, days, facilities, number))],
        };
        recording = recording with { Run = recording.Run with { Ends = Scene.At(days * 1440) } };
        var oracle = OracleBooks.Of(recording);
        for (var minute = 0; minute < days * 1440; minute += 5)
        {
            samples.AddRange(oracle.Occupancy.Select(facility =>
                new OccupancySample(Scene.At(minute), facility.Key, facility.Value.At(Scene.At(minute)), IsQuiet: true)));
        }
        recording = recording with { Samples = samples };
        var books = new ServiceBooks(
            oracle.ByDriver.ToDictionary(driver => driver.Key, driver => (IReadOnlyList<BookStay>)[.. driver.Value.Select(Copy)]),
            oracle.Occupancy.ToDictionary(facility => facility.Key, facility => (int?)facility.Value.Final),
            Scene.ArchiveOf(oracle, stay => Copy(stay).Fee));
        return Make(
            recording,
            (books, new(oracle.Stays
                .Where(stay => stay.ExitedAt is not null)
                .Select(stay => KeyValuePair.Create(stay, Scene.Explain(new("CNY", 1500)))))));

        void Show(string facility, GateDirection direction, int minute, int driver) => showings.Add(new()
        {
            Line = showings.Count + 1,
            At = Scene.At(minute),
            Gate = $"{facility}-{direction}",
            Facility = facility,
            Direction = direction,
            Driver = $"d{driver}",
            Code = showings.Count,
            Decision = GateDecision.Open,
            Reason = driver % 40 == 0 ? ScanReason.OpenedOffline
                : direction == GateDirection.Entry ? ScanReason.Entered
                : ScanReason.Exited,
            DecidedAlone = driver % 40 == 0,
            Expected = driver % 40 == 0 ? null : direction == GateDirection.Entry ? ScanReason.Entered : ScanReason.Exited,
            Attempts = 1,
            Outcome = VehicleOutcome.Passed,
            TapToOpen = Duration.FromMilliseconds(4 / (1 - random.NextDouble())),
            RoundTrip = Duration.FromMilliseconds(2 / (1 - random.NextDouble())),
            ServiceTime = Duration.FromMilliseconds(0.7 / (1 - random.NextDouble())),
        });
    }

    public static ReplayReport Make(ReplayRecording recording, (ServiceBooks Books, ExpectedFees Fees) service)
    {
        // The fees come from another run over the same history, so stays are matched by their values, not by reference.
        var oracle = OracleBooks.Of(recording);
        var fees = new ExpectedFees(oracle.Stays
            .Zip(oracle.Stays.Select(stay =>
                service.Books.Stays[stay.Driver].FirstOrDefault(book => book.EndedAt == stay.EndedAt && book.Fee is not null)?.Fee))
            .Where(pair => pair.First.Ending == StayEnding.Exited && pair.Second is not null)
            .Select(pair => KeyValuePair.Create(pair.First, Scene.Explain(pair.Second!))));
        return ReportMaker.Make(recording, oracle, service.Books, Judge.Decide(recording, oracle, service.Books, fees));
    }

    private static int DayTime(Random random, int days) =>
        (random.Next(days) * 1440)
        + Math.Clamp((int)(600 + (180 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5))), 0, 1300);

    private static FaultSpan RandomFault(Random random, int days, int facilities, int number)
    {
        var kind = new[] { "drop_request", "drop_answer", "cut", "dead_clock", "kill_store", "kill_gate" }[number % 6];
        var (at, facility) = (random.Next(days * 1440), random.Next(facilities));
        return new()
        {
            At = Scene.At(at),
            Until = Scene.At(at + (kind is "cut" or "dead_clock" ? 60 : 0)),
            Kind = kind,
            Gate = kind == "kill_store" ? null : $"f{facility}-in",
            Facility = kind == "kill_store" ? null : $"f{facility}",
        };
    }

    private static BookStay Copy(OracleStay stay) => new()
    {
        Id = $"{stay.Driver}-0",
        Facility = stay.Facility,
        Vehicle = stay.Vehicle,
        EnteredAt = stay.EnteredAt,
        ExitedAt = stay.ExitedAt,
        EndedAt = stay.EndedAt,
        Ending = stay.Ending,
        State = stay.State,
        Fee = stay.ExitedAt is null ? null : new("CNY", 1500),
    };
}
