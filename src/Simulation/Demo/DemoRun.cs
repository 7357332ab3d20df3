using NodaTime;
using NodaTime.Extensions;
using Parking.GateProgram;
using Parking.Optics;
using Parking.Optics.Programs;
using Parking.Simulation.Clients;
using Parking.Simulation.Operators;
using Parking.Simulation.Phones;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Demo;

/// <summary>Runs a demo against a service that is ready: makes the plan, runs all drivers concurrently, and checks the result.</summary>
public sealed class DemoRun(DemoOptions options, DemoTarget target, IDemoView view, TimeProvider time)
{
    /// <summary>
    /// The time limit. On an idle machine the drivers need half a minute. A run that takes longer than this is stuck and is stopped.
    /// </summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Longer than the time limit of a real gate, so that a busy machine does not change decisions.</summary>
    private static readonly TimeSpan AnswerBudget = TimeSpan.FromSeconds(30);

    private const int StaysChecked = 12;

    /// <summary>Runs the demo.</summary>
    /// <exception cref="SettingsException">The settings, the city file and the service do not match.</exception>
    /// <exception cref="ServiceRefusedException">The service refused a request that the demo needs.</exception>
    public async Task<DemoOutcome> RunAsync(CancellationToken cancellationToken)
    {
        using var http = ServiceClient.Create(target.BaseAddress);
        var service = new PublicBoard(http, time);
        var before = await service.GetFacilitiesAsync(cancellationToken);
        var occupied = MatchCity(before);
        var free = target.City.Facilities.ToDictionary(facility => facility.Id, facility => facility.Capacity - occupied[facility.Id]);
        var plan = DemoPlanner.Create(target.City, free, options.Seed, options.Drivers, codesExpireSoon: target.IsOwn);

        var identities = new Identities(target.Settings, target.IsOwn ? $"{options.Seed}" : JournalIds.CreateRandom(), time.ToClock());
        var phones = CreatePhones(http, identities, plan);
        await using var screen = new OperatorScreen(target.BaseAddress, identities.OperatorToken);
        var watch = new CapacityWatch(target.City, screen.Feed);
        await screen.ConnectAsync(cancellationToken);
        using var camera = new GateCamera(options.Seed, options.FramesFolder, time);
        await camera.WarmUpAsync(cancellationToken);

        var board = new DemoBoard(screen.Feed, time);
        using var journals = new TemporaryFolder();
        using var stage = new DemoStage(
            plan, await CreateLanesAsync(journals, camera, board, cancellationToken), target.CodeGrace, options.Seed, time);
        var drivers = DriveAsync(plan, phones, stage, cancellationToken);
        await view.ShowAsync(board, Describe(plan), drivers);
        await drivers;
        var took = board.Elapsed;
        var unreported = await stage.ReportAllAsync(cancellationToken);

        var checks = new DemoChecks(target.City, board, stage.Attendance, occupied, time);
        var sample = plan.Drivers.Zip(phones).Take(StaysChecked).ToList();
        return new DemoOutcome
        {
            Plan = plan,
            Taps = board.Records,
            Took = took,
            Receipts = await CollectReceiptsAsync(board, phones, cancellationToken),
            TimeZone = target.City.TimeZone,
            Checks =
            [
                checks.CheckDecisions(),
                new CheckResult("every event of every gate is acknowledged", $"{stage.Events} events", unreported),
                await checks.CheckFacilitiesAsync(service, cancellationToken),
                .. await checks.CheckScreenAsync(screen, cancellationToken),
                new CheckResult("occupancy was never above capacity or below zero", $"{screen.Feed.Messages} messages", watch.Violations),
                await checks.CheckStaysAsync(sample, cancellationToken),
                await checks.CheckFeesAsync(sample, cancellationToken),
            ],
        };
    }

    /// <summary>The most expensive stay of the demo. Its stays last seconds, so the price of one and a half days is shown too.</summary>
    private async Task<IReadOnlyList<Receipt>> CollectReceiptsAsync(
        DemoBoard board, List<CitizenPhone> phones, CancellationToken cancellationToken)
    {
        var receipts = board.Records.Select(Receipt.Of).OfType<Receipt>().OrderByDescending(receipt => receipt.Total).Take(1).ToList();
        if (target.City.Facilities.FirstOrDefault(facility => facility.Tariff is not null) is { } facility)
        {
            var yesterday = time.GetUtcNow().ToInstant().InZone(target.City.TimeZone).Date.PlusDays(-1);
            var enteredAt = target.City.TimeZone.AtLeniently(yesterday.At(new(8, 12, 30))).ToInstant();
            var quote = await phones[0].AskPriceAsync(facility.Id, enteredAt, enteredAt + Duration.FromHours(33), cancellationToken);
            receipts.Add(Receipt.Of(facility, quote));
        }
        return receipts;
    }

    private static async Task DriveAsync(
        DemoPlan plan, IReadOnlyList<CitizenPhone> phones, DemoStage stage, CancellationToken cancellationToken)
    {
        using var failed = new CancellationTokenSource();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, failed.Token);
        limit.CancelAfter(Limit);
        try
        {
            await Task.WhenAll(plan.Drivers.Zip(phones, (driver, phone) => PlayAsync(new DriverStory(driver, phone, stage))));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && !failed.IsCancellationRequested)
        {
            throw new ServiceRefusedException(
                $"The drivers were not done after {Limit.TotalMinutes:0} min: the machine or the service is too slow or is stuck.");
        }

        // An exception of one driver cancels the others. An unexpected decision is not an exception.
        async Task PlayAsync(DriverStory story)
        {
            try
            {
                await story.PlayAsync(limit.Token);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                await failed.CancelAsync();
                throw;
            }
        }
    }

    private DemoScene Describe(DemoPlan plan) => new(
        target.City, $"seed {options.Seed} · {plan.Drivers.Count} drivers · {target.Description}", target.BaseAddress, plan.LeftOut);

    /// <summary>
    /// Checks that the city file belongs to this service. Returns the occupancy at the start, which existed before the demo.
    /// </summary>
    private Dictionary<string, int> MatchCity(IReadOnlyList<FacilityView> views)
    {
        var faults = target.City.Facilities.Where(
            facility => views.FirstOrDefault(view => view.Id == facility.Id)?.Capacity != facility.Capacity)
            .Select(facility => $"facility {facility.Id}: the service does not know it with capacity {facility.Capacity}");
        var gates = target.City.Facilities.SelectMany(facility => facility.Gates).Where(
            gate => !target.Settings.GateKeys.ContainsKey(gate.Id))
            .Select(gate => $"gate {gate.Id}: the settings file has no key for it");
        var unknown = views.Where(view => view.Occupancy is null).Select(view => $"facility {view.Id}: its occupancy is not known");
        var all = faults.Concat(gates).Concat(unknown).ToList();
        return all.Count == 0
            ? views.ToDictionary(view => view.Id, view => view.Occupancy?.Occupied ?? 0)
            : throw new SettingsException($"The city file, the settings and the service do not fit together: {string.Join("; ", all)}. "
                + $"Give the service's own file: --city FILE.");
    }

    private List<CitizenPhone> CreatePhones(HttpClient http, Identities identities, DemoPlan plan)
    {
        if (plan.Drivers.Count > identities.MostCitizens)
        {
            throw new SettingsException(
                $"The settings file has tokens of {identities.MostCitizens} citizens: use --drivers {identities.MostCitizens} or fewer.");
        }
        return [.. plan.Drivers.Select(driver => new CitizenPhone(http, $"{driver}", identities.CitizenToken(driver.Number), time))];
    }

    private async Task<Dictionary<string, GateLane>> CreateLanesAsync(
        TemporaryFolder journals, GateCamera camera, DemoBoard board, CancellationToken cancellationToken)
    {
        var lanes = new Dictionary<string, GateLane>();
        var verifiers = new VerifierCache();
        foreach (var gate in target.City.Facilities.SelectMany(facility => facility.Gates))
        {
            var random = new SeededRandom(options.Seed, $"waits {gate.Id}", 0);
            var settings = new GateMachineSettings
            {
                Gate = gate.Id,
                Key = target.Settings.GateKeys[gate.Id],
                Direction = gate.Direction,
                Jitter = () => random.Between(0, 1),
                Verifiers = verifiers,
                // Cameras and gates share this machine's processors. An answer that is late for that reason must not count as lost.
                AnswerBudget = AnswerBudget,
            };
            lanes[gate.Id] = await GateLane.OpenAsync(
                gate, settings, Path.Combine(journals.FullPath, gate.Id), target.BaseAddress, camera, board, time, cancellationToken);
        }
        return lanes;
    }
}
