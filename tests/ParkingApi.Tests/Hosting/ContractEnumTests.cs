namespace Parking.Api.Tests.Hosting;

/// <summary>An enum on the wire is cast from the one that the service keeps: names and numbers have to be the same.</summary>
public sealed class ContractEnumTests
{
    /// <summary>The wire's, and the service's.</summary>
    public static TheoryData<Type, Type> Pairs { get; } = new()
    {
        { typeof(Contracts.AlarmKind), typeof(Parking.Alarms.AlarmKind) },
        { typeof(Contracts.AlarmPriority), typeof(Parking.Alarms.AlarmPriority) },
        { typeof(Contracts.AlarmState), typeof(Parking.Alarms.AlarmState) },
        { typeof(Contracts.CaseChange), typeof(BackOffice.Cases.CaseChange) },
        { typeof(Contracts.CaseKind), typeof(BackOffice.Cases.CaseKind) },
        { typeof(Contracts.CaseState), typeof(BackOffice.Cases.CaseState) },
        { typeof(Contracts.DisputeReason), typeof(BackOffice.Cases.DisputeReason) },
        { typeof(Contracts.GateCommandState), typeof(Parking.Commands.CommandState) },
        { typeof(Contracts.GatePresence), typeof(Parking.Occupancy.GatePresence) },
        { typeof(Contracts.InventoryEffect), typeof(Parking.Admission.InventoryEffect) },
        { typeof(Contracts.LogEntryKind), typeof(Parking.Logbook.LogEntryKind) },
        { typeof(Contracts.OccupancyConfidence), typeof(Parking.Occupancy.OccupancyConfidence) },
        { typeof(Contracts.QuoteLineKind), typeof(Parking.Tariffs.Quotes.QuoteLineKind) },
        { typeof(Contracts.StayEnding), typeof(Parking.Timelines.StayEnding) },
        { typeof(Contracts.StayState), typeof(Parking.Timelines.StayState) },
        { typeof(Contracts.UnmetCondition), typeof(Parking.Tariffs.Quotes.UnmetCondition) },
        { typeof(Contracts.VehicleClass), typeof(Parking.Tariffs.VehicleClass) },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void EnumOnTheWire_HasNamesAndNumbersOfTheServices(Type wire, Type service) => Assert.Equal(MembersOf(service), MembersOf(wire));

    /// <summary>The service keeps doubts as flags, of which the wire has no zero.</summary>
    [Fact]
    public void DoubtsOnTheWire_AreTheServicesFlags() => Assert.Equal(
        MembersOf(typeof(Parking.Timelines.StayDoubts)).Skip(1), MembersOf(typeof(Contracts.StayDoubt)));

    /// <summary>These are of the wire alone, or compared above.</summary>
    [Fact]
    public void EveryOtherEnumOfTheContracts_IsCompared() => Assert.Equal(
        [
            nameof(Contracts.AcknowledgeOutcome), nameof(Contracts.ServiceHealth), nameof(Contracts.RecordingEnding),
            nameof(Contracts.RevisionCause), nameof(Contracts.StayDoubt),
        ],
        typeof(Contracts.ContractJson).Assembly.GetExportedTypes().Where(type => type.IsEnum).Select(type => type.Name)
            .Except(Pairs.Select(pair => pair.Data.Item1.Name)));

    private static IEnumerable<string> MembersOf(Type type) =>
        Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(value => $"{value} {Enum.GetName(type, value)}");
}
