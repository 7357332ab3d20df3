using System.Text.Json;
using Parking.Simulation.Replay.Faults;

namespace Parking.ScannerSim.Tests.Replay.Faults;

public class FaultProfileTests
{
    private static readonly string Sample = SampleFile.PathOf("Samples/fault-profile.json");

    [Fact]
    public void Parse_Sample_IsTheSameProfile() => Assert.Equal(
        new FaultProfile
        {
            DropRequest = 0.01,
            DropAnswer = 0.02,
            Delay = 0.03,
            Duplicate = 0.04,
            Reorder = 0.05,
            Cuts = 1,
            Skews = 2,
            DeadClocks = 7,
            GateKills = 3,
            StoreKills = 4,
            LostTails = 5,
            EmptiedStores = 7,
            ServiceRestarts = 6,
            LongOutages = 8,
            DamagedJournals = 9,
            ArchiveOutages = 10,
            OfflinePhones = 0.6,
            WrongPhoneClocks = 0.7,
            RemovedDevices = 11,
            SixthDevices = 12,
        },
        FaultProfile.Parse(Sample));

    [Fact]
    public void Sample_HasEveryMember()
    {
        using var sample = JsonDocument.Parse(File.ReadAllText(Sample));

        var members = JsonSerializer.SerializeToElement(FaultProfile.None, JsonSerializerOptions.Web).EnumerateObject();
        Assert.Equal(members.Select(member => member.Name), sample.RootElement.EnumerateObject().Select(member => member.Name));
    }
}
