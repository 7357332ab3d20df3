using System.Diagnostics.Metrics;
using System.Text.Json;
using NodaTime;
using Parking.Admission;
using Parking.Alarms;
using Parking.Api.Hosting.Metrics;
using Parking.Api.Occupancy;
using Parking.Codes;
using Parking.Facilities;
using Parking.Occupancy;

namespace Parking.Api.Monitoring;

/// <summary>
/// What the city is like now, as sums: how many vehicles, how many facilities of which nothing is known, how many silent gates; and how old
/// the signing key is. Read when somebody asks for metrics.
/// </summary>
/// <remarks>A hosted service only so that it exists from the start.</remarks>
internal sealed class StateMetrics : IHostedService, IDisposable
{
    private readonly Meter _meter;

    public StateMetrics(
        IMeterFactory factory, OccupancyBoard board, AlarmBook alarms, CityDirectory city, CodeKeys keys, IClock clock)
    {
        _meter = factory.Create(ParkingMetrics.MeterName);
        _meter.CreateObservableGauge(
            "parking.vehicles",
            () => board.StatesOf(city.Facilities).Sum(state => (long)(state.Shown ?? 0)),
            "{vehicle}",
            "Parked vehicles, of all facilities whose number is known.");
        _meter.CreateObservableGauge(
            "parking.facilities.unknown",
            () => board.StatesOf(city.Facilities).LongCount(state => state.Shown is null),
            "{facility}",
            "Facilities whose number of vehicles is not known.");
        _meter.CreateObservableGauge(
            "parking.gates.silent",
            () => board.GatesOf(city.Facilities).LongCount(gate => gate.Presence == GatePresence.Silent),
            "{gate}",
            "Gates that were heard before and are not heard now.");
        _meter.CreateObservableGauge(
            "parking.alarms",
            () => CountsOf(alarms, clock.GetCurrentInstant()),
            "{alarm}",
            "Alarms that are not normal, by priority and state.");
        _meter.CreateObservableGauge(
            "parking.key.age",
            () => AgeOf(keys, clock.GetCurrentInstant()),
            "s",
            "How long the signing key has signed. More than Codes:SigningPeriod means that the key ring cannot be written.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> CountsOf(AlarmBook alarms, Instant now) => alarms.Told(now)
        .GroupBy(alarm => (alarm.Cause.Rule.Priority, State: alarm.StateAt(now)))
        .Where(group => group.Key.State != AlarmState.Normal)
        .Select(group => new Measurement<long>(
            group.LongCount(),
            new("parking.alarm.priority", JsonNamingPolicy.SnakeCaseLower.ConvertName(group.Key.Priority.ToString())),
            new("parking.alarm.state", JsonNamingPolicy.SnakeCaseLower.ConvertName(group.Key.State.ToString()))));

    private static IEnumerable<Measurement<double>> AgeOf(CodeKeys keys, Instant now) => keys.AreLoaded
        ? [new((now - keys.Current.Ring.Lives.Single(life => life.PhaseAt(now) == KeyPhase.Signing).SignsFrom).TotalSeconds)]
        : [];
}
