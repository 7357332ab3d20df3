using System.Reflection;
using Microsoft.Extensions.Logging;
using Parking.Admission;
using Parking.Api.Hosting.Problems;
using Parking.BackOffice;
using Parking.Stores;

namespace Parking.Api.Tests.Hosting;

public sealed class LogEventTests
{
    private static readonly IReadOnlyList<(MethodInfo Method, LoggerMessageAttribute Event)> Events =
    [
        .. new[] { typeof(ProblemWriter), typeof(EventAdmission), typeof(LiveStoreSetup), typeof(BackOfficeSetup) }
            .SelectMany(part => part.Assembly.GetTypes())
            .SelectMany(
                type => type.GetMethods(
                    BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => (method, method.GetCustomAttribute<LoggerMessageAttribute>()!))
            .Where(found => found.Item2 is not null),
    ];

    [Fact]
    public void Events_OfTheService_HaveNumbersAndNamesOfTheirOwn()
    {
        Assert.NotEmpty(Events);
        Assert.All(Events, found => Assert.False(string.IsNullOrEmpty(found.Event.EventName), $"{found.Method.Name} has no event name."));
        Assert.Empty(Events.GroupBy(found => found.Event.EventId).Where(group => group.Count() > 1).Select(group => group.Key));
        Assert.Empty(Events.GroupBy(found => found.Event.EventName).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public async Task Events_OfTheService_StandInTheTableOfTheDocuments()
    {
        var page = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "Documents", "log-events.md"), TestContext.Current.CancellationToken);

        Assert.Equal(
            Events.Select(found => $"| {found.Event.EventId} | `{found.Event.EventName}` | {found.Event.Level} |").Order(),
            page.Split('\n').Where(line => line.Length > 2 && char.IsAsciiDigit(line[2]) && line[0] == '|')
                .Select(line => string.Join('|', line.Split('|')[..4]) + "|").Order());
    }

    [Fact]
    public void Events_OfWhatOperatorsDid_SayWho()
    {
        var done = Events.Where(found => found.Event.Message.Contains("operator", StringComparison.OrdinalIgnoreCase)).ToList();

        Assert.NotEmpty(done);
        Assert.All(done, found => Assert.Contains("{Staff}", found.Event.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Events_OfTheService_AreNumberedByFeature() => Assert.All(Events, found => Assert.Equal(
        found.Method.DeclaringType!.Namespace switch
        {
            "Parking.Api.Codes" => 2,
            "Parking.Api.Gates" or "Parking.Api.Commands" or "Parking.Admission" => found.Event.EventId / 1000 == 4 ? 4 : 3,
            "Parking.Stays" => 4,
            "Parking.Api.Occupancy" or "Parking.Occupancy" => 5,
            "Parking.Stores" or "Parking.Stores.Redis" or "Parking.Stores.Sqlite" => 6,
            "Parking.Api.Tariffs" => 7,
            "Parking.Api.Recording" => 8,
            "Parking.Api.Alarms" or "Parking.Api.Audit" or "Parking.Api.Cases" or "Parking.Api.Inventories" or "Parking.Api.Use" => 9,
            "Parking.Api.Sessions" => found.Event.EventId / 1000 == 9 ? 9 : 1,
            var other when other!.StartsWith("Parking.BackOffice.", StringComparison.Ordinal) => 9,
            _ => 1,
        },
        found.Event.EventId / 1000));
}
