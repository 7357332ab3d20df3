using System.Net;
using System.Net.Http.Json;
using NodaTime;
using Parking.Api.Tests.Commands;
using Parking.Api.Tests.Infrastructure;
using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Inventories;

/// <summary>Inventories that are not of the form that they should have: nothing is looked up for them, and nothing is done.</summary>
public sealed class InventoryRefusalTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private const string Path = "/v1/facilities/hsp/inventories", PreviewPath = $"{Path}/preview";

    private static readonly Instant Now = Instant.FromDateTimeOffset(ParkingApplication.Start);

    private readonly HttpClient _operator = shared.App.OperatorClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("count", 0, null, null)]
    [InlineData("countedAt", 60, 5, null)]
    [InlineData("countedAt", -721, 5, null)]
    [InlineData("closes", 0, 5, "none")]
    [InlineData("closes", 0, 5, "0123456789abcdef0123456789abcdef 0123456789abcdef0123456789abcdef")]
    public async Task InventoryThatMakesNoSense_IsRefused_AndNamesTheMember(string member, int minutes, int? count, string? closes)
    {
        var asked = new InventoryPreviewRequest
        {
            CountedAt = Now + Duration.FromMinutes(minutes),
            Count = count,
            Closes = closes?.Split(' '),
        };

        using var preview = await _operator.PostAsJsonAsync(PreviewPath, asked, ContractJson.Options, Cancellation);
        using var taken = await PostAsync(Request(asked));

        Assert.Equal([member], await FaultsAsync(preview));
        Assert.Equal([member], await FaultsAsync(taken));
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("two\nlines")]
    [InlineData("\u202E\u200B")]
    public async Task ReasonThatIsNone_IsRefused(string reason)
    {
        using var taken = await PostAsync(Request(new() { CountedAt = Now, Count = 5 }) with { Reason = reason });

        Assert.Equal(["reason"], await FaultsAsync(taken));
    }

    [Fact]
    public async Task Inventory_OfAFacilityThatThereIsNot_IsNotFound()
    {
        using var preview = await _operator.PostAsJsonAsync(
            "/v1/facilities/atlantis/inventories/preview", new { countedAt = $"{Now}", count = 1 }, Cancellation);

        await ProblemAssert.IsAsync(preview, HttpStatusCode.NotFound, "facility-not-found");
    }

    private static InventoryRequest Request(InventoryPreviewRequest asked) => new()
    {
        Id = Ulids.At(Now).Value,
        CountedAt = asked.CountedAt,
        Count = asked.Count,
        Closes = asked.Closes,
        Reason = "walked through all floors",
        Version = "none",
    };

    private Task<HttpResponseMessage> PostAsync(InventoryRequest inventory) =>
        _operator.PostAsJsonAsync(Path, inventory, ContractJson.Options, Cancellation);

    private static async Task<IEnumerable<string>> FaultsAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<InvalidMembersAnswer>(ContractJson.ClientOptions, Cancellation);
        return problem!.Errors.Keys;
    }
}
