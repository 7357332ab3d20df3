using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parking.Api.Tests.Infrastructure;
using Parking.BackOffice.Sql;
using Parking.Contracts;

namespace Parking.Api.Tests.Alarms;

/// <summary>The live store is lost under 200 gates.</summary>
public sealed class AlarmStormTests : IDisposable
{
    private const string Store = "store_unreachable";
    private const int Facilities = 50, GatesEach = 4;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OutageOfTheStore_With200Gates_IsOneAlarm_ThatWaitsForAcknowledgement()
    {
        await File.WriteAllTextAsync(_folder.PathOf("city.json"), City(), TestContext.Current.CancellationToken);
        var outage = new OutageOfStore();
        using var app = new ParkingApplication(("City:File", _folder.PathOf("city.json"))) { Replace = outage.Use }.OnKestrel();
        using var people = app.OperatorClient();
        for (var round = 0; round < 4; round++)
        {
            await BeatAsync(app);
            await app.PassAsync(20);
        }

        Assert.Empty((await people.AlarmsAsync()).Alarms);
        var screen = await app.WatchAsync("city", "watch@city");
        await using var connection = screen.Connection;

        // For two minutes no gate can be heard, and each has events that nobody has.
        outage.AfterCalls(0);
        for (var second = 0; second < 120; second += 5)
        {
            await app.PassAsync(5);
        }

        var alarm = Assert.Single((await people.AlarmsAsync()).Alarms);
        Assert.Equal(
            (Store, AlarmState.Unacknowledged, AlarmPriority.Urgent, 1L), (alarm.Id, alarm.State, alarm.Priority, alarm.Occurrence));
        Assert.Equal([$"{Store} raised"], await HistoryAsync(app));

        // The store is back. Gates take most of a minute to be heard again.
        outage.Over();
        await app.PassAsync(1);
        await app.PassAsync(44);
        for (var round = 0; round < 3; round++)
        {
            await BeatAsync(app);
            await app.PassAsync(20);
        }

        var returned = Assert.Single((await people.AlarmsAsync()).Alarms);
        Assert.Equal((Store, AlarmState.ReturnedUnacknowledged), (returned.Id, returned.State));
        Assert.Equal(AcknowledgeOutcome.Acknowledged, (await people.AcknowledgeAsync(Store, returned.Occurrence)).Outcome);
        await app.PassAsync(1);

        Assert.Empty((await people.AlarmsAsync()).Alarms);
        Assert.Equal([$"{Store} raised", $"{Store} returned", $"{Store} acknowledged"], await HistoryAsync(app));
        await Patience.UntilAsync(() => screen.AlarmsHeard().Count >= 3);
        Assert.Equal([$"{Store} unacknowledged", $"{Store} returned_unacknowledged", $"{Store} normal"], screen.AlarmsHeard());
        Assert.Equal(1, (await people.AlarmsAsync()).Rate.LastHour);
    }

    private static Task BeatAsync(ParkingApplication app) => Task.WhenAll(
        from facility in Enumerable.Range(0, Facilities)
        from gate in Enumerable.Range(0, GatesEach)
        select app.BeatAsync($"f{facility}-g{gate}", lastSeq: 3));

    private static async Task<IReadOnlyList<string>> HistoryAsync(ParkingApplication app) => await app.Services
        .GetRequiredService<ISqlDatabase>().ReadAsync(db => db.QueryAsync<string>(
            """
            SELECT cause || ' ' || CASE change WHEN 1 THEN 'raised' WHEN 2 THEN 'returned' WHEN 3 THEN 'acknowledged' ELSE '?' END
            FROM alarm_history ORDER BY changed_at, version
            """));

    private static string City() => new JsonObject
    {
        ["timeZone"] = "Asia/Shanghai",
        ["districts"] = new JsonArray(new JsonObject { ["id"] = "d1", ["name"] = Name() }),
        ["facilities"] = new JsonArray([.. Enumerable.Range(0, Facilities).Select(n => new JsonObject
        {
            ["id"] = $"f{n}",
            ["district"] = "d1",
            ["name"] = Name(),
            ["capacity"] = 100,
            ["gates"] = new JsonArray([.. Enumerable.Range(0, GatesEach).Select(gate => new JsonObject
            {
                ["id"] = $"f{n}-g{gate}",
                ["direction"] = gate % 2 == 0 ? "entry" : "exit",
            })]),
        })]),
    }.ToJsonString();

    private static JsonObject Name() => new() { ["zh"] = "停", ["en"] = "P" };
}
