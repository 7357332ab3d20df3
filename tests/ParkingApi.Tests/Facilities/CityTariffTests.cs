using NodaTime;
using Parking.Api.Tests.Tariffs;
using Parking.Facilities;

namespace Parking.Api.Tests.Facilities;

/// <summary>Tariffs and holiday calendars that a city file names: files beside it, read and checked with it.</summary>
public sealed class CityTariffTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void City_WithTariffs_HasThemAtItsFacilities()
    {
        Write("tariffs/one.json", TariffDocuments.HalfHours("one"));

        var city = Read(("f1", "tariffs/one.json"), ("f2", null), ("f3", "tariffs/one.json"));

        Assert.Equal("one", city.FindFacility(new("f1"))!.Tariff!.Id);
        Assert.Null(city.FindFacility(new("f2"))!.Tariff);
        Assert.Same(city.FindFacility(new("f1"))!.Tariff, city.FindFacility(new("f3"))!.Tariff);
    }

    [Fact]
    public void City_WithErrorsInManyFiles_SaysThemAllWithTheirFiles()
    {
        Write("tariffs/bad.json", TariffDocuments.HalfHours("bad", root => root["currency"] = "yuan"));
        Write("tariffs/worse.json", "{");

        var error = Refusal(
            ("f1", "tariffs/bad.json"),
            ("f2", "tariffs/worse.json"),
            ("f3", "tariffs/none.json"),
            ("f4", "tariffs/bad.json"),
            ("f 5", null));

        Assert.Equal(
            [
                ("city.json", "$.facilities[4].id"),
                ("tariffs/bad.json", "$.currency"),
                ("tariffs/worse.json", "$"),
                ("tariffs/none.json", "$"),
            ],
            error.Files.SelectMany(
                file => file.Errors.Select(
                    found => (file.File.Replace(_folder.PathOf("city.json"), "city.json", StringComparison.Ordinal), found.Path))));
        Assert.Contains("tariffs/bad.json: $.currency: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("(4 found)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../one.json")]
    [InlineData("tariffs/../../one.json")]
    [InlineData("/etc/passwd")]
    [InlineData("tariffs\\\\one.json")]
    [InlineData("C:/one.json")]
    [InlineData("./one.json")]
    [InlineData("tariffs//one.json")]
    [InlineData("tariffs/")]
    [InlineData("")]
    public void City_WithATariffOutsideItsFolder_IsRefused(string name)
    {
        Write("one.json", TariffDocuments.HalfHours("one"));

        var error = Assert.Single(Refusal(("f1", name)).Errors);

        Assert.Equal(("$.facilities[0].tariff", "the file name is not well-formed"), (error.Path, error.Problem));
    }

    [Fact]
    public void City_WithATariffOfAnotherZone_SaysBoth()
    {
        Write("one.json", TariffDocuments.HalfHours("one", root => root["timeZone"] = "Asia/Tokyo"));

        var error = Assert.Single(Refusal(("f1", "one.json")).Errors);

        Assert.Equal(
            ("$.facilities[0].tariff", "the tariff is in Asia/Tokyo and the facility in Asia/Shanghai", "a tariff in Asia/Shanghai"),
            (error.Path, error.Problem, error.Expected));
    }

    [Theory]
    [InlineData("validityStart", "$.versions[0].validityStart", "a stay entered before 2026-01-01T00:00:00Z has no price")]
    [InlineData("validityEnd", "$.versions[0].validityEnd", "a stay entered from 2026-01-01T00:00:00Z on has no price")]
    public void City_WithATariffThatBeginsOrEnds_SaysWhichStaysHaveNoPrice(string field, string path, string problem)
    {
        Write("one.json", TariffDocuments.HalfHours("one", root => root["versions"]![0]![field] = "2026-01-01T00:00:00Z"));

        var error = Assert.Single(Refusal(("f1", "one.json"), ("f2", "one.json")).Errors);

        Assert.Equal((path, problem), (error.Path, error.Problem));
        Assert.StartsWith($"no {field}", error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void City_WithTwoTariffsOfOneId_SaysWhereTheFirstIs()
    {
        Write("one.json", TariffDocuments.HalfHours("one"));
        Write("two.json", TariffDocuments.HalfHours("one"));

        var file = Assert.Single(Refusal(("f1", "one.json"), ("f2", "two.json")).Files);

        Assert.Equal(
            ("two.json", "$.id", "'one' is the tariff of one.json already"), (file.File, file.Errors[0].Path, file.Errors[0].Problem));
    }

    [Fact]
    public void City_WithATooLargeTariff_SaysHowLargeItMayBe()
    {
        Write("one.json", new string(' ', (256 * 1024) + 1));

        Assert.Equal("at most 262144", Assert.Single(Refusal(("f1", "one.json")).Errors).Expected);
    }

    [Fact]
    public void City_WithATariffThatIsAFolder_IsRefused()
    {
        Directory.CreateDirectory(_folder.PathOf("tariffs"));

        Assert.Equal("the file does not exist", Assert.Single(Refusal(("f1", "tariffs")).Errors).Problem);
    }

    [Fact]
    public void City_WithACalendarOfItsOwn_HasItBesideTheLibrarys()
    {
        Write("calendars/mars.json", TariffDocuments.Calendar("MARS", 2026));
        Write("one.json", TariffDocuments.Workdays("one", "MARS"));
        Write("two.json", TariffDocuments.Workdays("two", "CN"));

        var city = Read(["calendars/mars.json"], ("f1", "one.json"), ("f2", "two.json"));

        Assert.Equal(["MARS", "CN"], city.Facilities.Select(facility => facility.Tariff!.HolidayCalendar!.Id));
    }

    [Fact]
    public void City_WithACalendarOfTheLibrarysId_TakesItsOwn()
    {
        Write("calendars/cn.json", TariffDocuments.Calendar("CN", 2099));
        Write("one.json", TariffDocuments.Workdays("one", "CN"));

        var city = Read(["calendars/cn.json"], ("f1", "one.json"));

        Assert.Equal(new LocalDate(2099, 12, 31), city.Facilities[0].Tariff!.HolidayCalendar!.Covered.End);
        Assert.Same(city.HolidayCalendars.Find("CN"), city.Facilities[0].Tariff!.HolidayCalendar);
    }

    [Fact]
    public void City_WithACalendarTwice_SaysWhereTheFirstIs()
    {
        Write("a.json", TariffDocuments.Calendar("MARS", 2026));
        Write("b.json", TariffDocuments.Calendar("MARS", 2027));

        var error = Assert.Single(Refusal(["a.json", "b.json"], ("f1", null)).Errors);

        Assert.Equal(("$.holidayCalendars[1]", "the calendar 'MARS' stands at $.holidayCalendars[0] already"), (error.Path, error.Problem));
    }

    [Fact]
    public void City_WithABrokenCalendar_DoesNotSayThatTariffsMissIt()
    {
        Write("calendars/mars.json", TariffDocuments.Calendar("MARS", 1));
        Write("one.json", TariffDocuments.Workdays("one", "MARS"));

        var error = Refusal(["calendars/mars.json"], ("f1", "one.json"));

        Assert.Equal(["calendars/mars.json"], error.Files.Select(file => file.File));
    }

    [Fact]
    public void DemoCity_BesideTheService_HasATariffForEachFacility()
    {
        var city = CityFileReader.ReadFile(Path.Combine(AppContext.BaseDirectory, "DemoCity", "city.json"));

        Assert.All(city.Facilities, facility => Assert.StartsWith("DEMO DATA.", facility.Tariff!.Note, StringComparison.Ordinal));
        Assert.Equal(city.Facilities.Length, city.Facilities.Select(facility => facility.Tariff!.Id).Distinct().Count());
    }

    private void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.PathOf(name))!);
        File.WriteAllText(_folder.PathOf(name), content);
    }

    private CityDirectory Read(params (string Id, string? Tariff)[] facilities) => Read([], facilities);

    private CityDirectory Read(string[] calendars, params (string Id, string? Tariff)[] facilities)
    {
        Write("city.json", SampleCity.Of(calendars, facilities));
        return CityFileReader.ReadFile(_folder.PathOf("city.json"));
    }

    private CityFileException Refusal(params (string Id, string? Tariff)[] facilities) => Refusal([], facilities);

    private CityFileException Refusal(string[] calendars, params (string Id, string? Tariff)[] facilities) =>
        Assert.Throws<CityFileException>(() => Read(calendars, facilities));
}
