using Microsoft.AspNetCore.Http;
using Parking.Api.Hosting.Identity;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Rights;

/// <summary>Which scope a request is about.</summary>
public sealed class DutyScopeTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    [Theory]
    [InlineData("hsp-in-1", "facility:hsp")]
    [InlineData("nowhere-in-1", "city")]
    public async Task Gate_IsItsFacilitysMatter_AndOneThatIsNotThereTheCitys(string gate, string scope)
    {
        var context = new DefaultHttpContext { RequestServices = shared.App.Services };
        context.Request.RouteValues["gateId"] = gate;
        var where = DutyScope.Gate("gateId");

        Assert.Equal(scope, (await where.FindAsync(context)).ToString());
        Assert.False(where.IsNamedByCaller);
    }
}
