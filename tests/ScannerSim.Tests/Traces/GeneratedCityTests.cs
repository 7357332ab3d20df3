using System.Text;
using Parking.Facilities;
using Parking.Optics.Programs;
using Parking.ScannerSim.Tests.Gates.FakeService;
using Parking.Simulation.Traces;
using Parking.Simulation.Traces.Generating;
using Parking.Simulation.Traces.Importing;
using Parking.Tariffs.Documents;

namespace Parking.ScannerSim.Tests.Traces;

public class GeneratedCityTests
{
    private static readonly GenerateOptions Options = new() { Facilities = 12, Scans = 500, Out = "" };

    public static TheoryData<string> BuiltInTariffs => [.. CityDocument.BuiltInTariffs];

    [Theory]
    [MemberData(nameof(BuiltInTariffs))]
    public void Read_BuiltInTariff_IsATariffThatDependsOnNoMoment(string name)
    {
        var tariff = TariffReader.Read(Encoding.UTF8.GetBytes(EmbeddedFiles.Read($"tariffs/{name}.json")), HolidayCalendarReader.BuiltIn);

        Assert.Equal(name, tariff.Id);
        Assert.All(tariff.Versions, version => Assert.Empty(version.OccupancyFactors));
    }

    [Fact]
    public async Task Create_DefaultProfile_EveryKindHasItsTariff()
    {
        var (header, _) = await TestTraces.ReadAsync(TestTraces.Generate(Options));

        Assert.Equal(
            CityDocument.BuiltInTariffs.Select(name => $"tariffs/{name}.json"),
            header.City.Files.Keys.Order(StringComparer.Ordinal));
        Assert.All(header.City.Plan.Facilities, facility => Assert.Contains(facility.Tariff!, header.City.Files.Keys));
    }

    [Fact]
    public async Task SaveTo_GeneratedCity_IsOneThatTheServiceTakes()
    {
        var (header, _) = await TestTraces.ReadAsync(TestTraces.Generate(Options));
        using var folder = new TemporaryFolder();

        var city = CityFileReader.ReadFile(header.City.SaveTo(folder.FullPath));

        Assert.Equal(header.City.Plan.Facilities.Select(facility => facility.Id), city.Facilities.Select(facility => facility.Id.Value));
        Assert.Equal(header.City.Plan.Facilities.Sum(facility => facility.Gates.Count), city.Gates.Length);
        Assert.All(city.Facilities, facility => Assert.NotNull(facility.Tariff));
    }

    [Fact]
    public async Task SaveTo_ImportedCity_IsOneThatTheServiceTakes()
    {
        using var folder = new TemporaryFolder();
        var table = Path.Combine(folder.FullPath, "rows.csv");
        await File.WriteAllLinesAsync(
            table,
            ["garage_id,start,end", "36,2016-01-01T00:40,", "外滩,,2016-01-01T00:50"],
            TestContext.Current.CancellationToken);
        var path = Path.Combine(folder.FullPath, "trace.ndjson");
        TraceImporter.Import(
            [table], ColumnMapping.Load("leeuwarden"), path, new Progress<double>(), TestContext.Current.CancellationToken);
        var (header, _) = await TestTraces.ReadAsync(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));

        Assert.Equal(
            ["garage", "garage-36"],
            CityFileReader.ReadFile(header.City.SaveTo(folder.FullPath)).Facilities.Select(facility => facility.Id.Value));
    }
}
