using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Parking.Api.Tests.Infrastructure;
using Parking.Ports;

namespace Parking.Api.Tests.Hosting;

public sealed class HealthTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ready_WithStoreAndKeys_IsHealthy()
    {
        using var app = new ParkingApplication();
        using var client = app.AnonymousClient();

        var answer = await client.GetFromJsonAsync<JsonElement>("/health/ready", Cancellation);

        Assert.Equal(
            """{"status":"healthy","checks":[{"name":"archive","status":"healthy","description":"The archive answers."}"""
                + """,{"name":"clock","status":"healthy","description":"The clock is right."}"""
                + """,{"name":"keyRing","status":"healthy","description":"Keys are loaded."}"""
                + """,{"name":"store","status":"healthy","description":"The store answers."}"""
                + """,{"name":"warmUp","status":"healthy","description":"The service is warm."}]}""",
            answer.GetRawText());
    }

    [Fact]
    public async Task Ready_WithoutStore_IsUnhealthyAndSaysNoMore()
    {
        using var app = WithoutStore();
        using var client = app.AnonymousClient();

        using var response = await client.GetAsync("/health/ready", Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(
            """{"status":"unhealthy","checks":[{"name":"archive","status":"healthy","description":"The archive answers."}"""
                + """,{"name":"clock","status":"healthy","description":"The clock is right."}"""
                + """,{"name":"keyRing","status":"healthy","description":"Keys are loaded."}"""
                + """,{"name":"store","status":"unhealthy","description":"The store is out of reach."}"""
                + """,{"name":"warmUp","status":"healthy","description":"The service is warm."}]}""",
            await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Live_WithoutStore_IsHealthy()
    {
        using var app = WithoutStore();
        using var client = app.AnonymousClient();

        using var response = await client.GetAsync("/health/live", Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static ParkingApplication WithoutStore() => new()
    {
        Replace = services => services.Replace(ServiceDescriptor.Singleton(
            BrokenStore.Create(() => throw new StoreUnavailableException("redis:6379,password=s3cret is gone")))),
    };
}
