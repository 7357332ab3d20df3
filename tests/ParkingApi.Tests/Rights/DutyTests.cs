using Parking.Facilities;
using Parking.Rights;

namespace Parking.Api.Tests.Rights;

/// <summary>The grammar of duties, and what each includes.</summary>
public sealed class DutyTests
{
    private static readonly CityDirectory City = CityFileReader.ReadFile(Path.Combine(AppContext.BaseDirectory, "DemoCity", "city.json"));

    [Theory]
    [InlineData("watch@city", DutyKind.Watch)]
    [InlineData("operate@district:huangpu", DutyKind.Operate)]
    [InlineData("money@facility:hsp", DutyKind.Money)]
    [InlineData("admin@district:a-district-that-is-nowhere-32", DutyKind.Admin)]
    public void Duty_IsReadAsItIsWritten(string text, DutyKind kind)
    {
        Assert.True(Duty.TryParse(text, out var duty));
        Assert.Equal((kind, text), (duty.Kind, duty.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("operator")]
    [InlineData("watch")]
    [InlineData("@city")]
    [InlineData("watch@")]
    [InlineData("Watch@city")]
    [InlineData("WATCH@CITY")]
    [InlineData(" watch@city")]
    [InlineData("watch@city ")]
    [InlineData("watch@city operate@city")]
    [InlineData("watch@city:huangpu")]
    [InlineData("watch@district")]
    [InlineData("watch@district:")]
    [InlineData("watch@district:*")]
    [InlineData("watch@district:Huangpu")]
    [InlineData("watch@facility:hsp@city")]
    [InlineData("watch@facility:hsp,yuyuan")]
    [InlineData("watch@facility:an-id-that-is-longer-than-32-chars")]
    [InlineData("watch@gate:hsp-in-1")]
    [InlineData("1@city")]
    [InlineData("watch,operate@city")]
    public void AnythingElse_IsNoDuty(string text) => Assert.False(Duty.TryParse(text, out _));

    [Theory]
    [InlineData("city", "city district:huangpu district:pudong facility:hsp facility:yuyuan facility:nowhere district:nowhere")]
    [InlineData("district:huangpu", "district:huangpu facility:hsp facility:yuyuan")]
    [InlineData("facility:hsp", "facility:hsp")]
    [InlineData("district:nowhere", "district:nowhere")]
    [InlineData("facility:nowhere", "facility:nowhere")]
    public void Scope_IncludesWhatLiesInIt_AndNothingElse(string wider, string narrower)
    {
        string[] all =
        [
            "city", "district:huangpu", "district:pudong", "facility:hsp", "facility:yuyuan", "facility:nowhere", "district:nowhere",
        ];

        Assert.Equal(narrower.Split(' ').Order(), all.Where(scope => ScopeOf(wider).Includes(ScopeOf(scope), City)).Order());
    }

    [Theory]
    [InlineData("watch", "watch")]
    [InlineData("operate", "operate watch")]
    [InlineData("money", "money watch")]
    [InlineData("admin", "admin watch")]
    public void Kind_IncludesWatching_AndNothingElse(string had, string included)
    {
        Assert.True(Duty.TryParse($"{had}@district:huangpu", out var duty));
        var duties = new Duties([duty], City);

        foreach (var kind in Enum.GetValues<DutyKind>())
        {
            var isIncluded = included.Split(' ').Contains(Duty.NameOf(kind));
            Assert.Equal(isIncluded, duties.Allows(kind, new FacilityId("hsp")));
            Assert.Equal(isIncluded, duties.AllowSomewhere(kind));
            Assert.False(duties.Allows(kind, Scope.City));
        }
    }

    private static Scope ScopeOf(string name)
    {
        Assert.True(Scope.TryParse(name, out var scope));
        Assert.Equal(name, scope.ToString());
        return scope;
    }
}
