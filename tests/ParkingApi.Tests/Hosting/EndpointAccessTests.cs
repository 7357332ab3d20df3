using System.Net;
using System.Net.Http.Headers;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Hosting;

/// <summary>Who may call what. An endpoint that has no row here fails the test, and so does a row that has no endpoint.</summary>
public sealed class EndpointAccessTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private readonly ParkingApplication _app = shared.App;

    [Fact]
    public void Table_OfCallers_HasExactlyTheEndpointsOfTheService()
    {
        var endpoints = EndpointTable.NamesIn(_app).ToHashSet();

        var rows = EndpointTable.Rows.Select(row => row.Name);
        Assert.Multiple(
            () => Assert.Empty(endpoints.Except(rows)),
            () => Assert.Empty(rows.Except(endpoints)));
    }

    [Fact]
    public async Task Endpoint_CalledByAnybody_TurnsAwayExactlyThoseWhoMayNot()
    {
        var wrong = new List<string>();
        foreach (var row in EndpointTable.Rows)
        {
            foreach (var caller in EndpointTable.Everybody)
            {
                var status = await CallAsync(row, caller);
                var expected = row.Allowed.Contains(caller) ? "let in" : ExpectedRefusal(row, caller).ToString();
                var actual = status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? status.ToString() : "let in";
                if (expected != actual || (int)status >= 500)
                {
                    wrong.Add($"{row.Method} {row.Pattern} by {caller}: {actual} ({(int)status}), expected {expected}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>A known caller without the right is forbidden; an unknown caller is told to authenticate.</summary>
    private static HttpStatusCode ExpectedRefusal(EndpointRow row, Caller caller) => caller switch
    {
        Caller.OtherGate when row.Allowed.Contains(Caller.OwnGate) => HttpStatusCode.Forbidden,
        Caller.Citizen when row.Needs is not null => HttpStatusCode.Forbidden,
        _ => HttpStatusCode.Unauthorized,
    };

    private async Task<HttpStatusCode> CallAsync(EndpointRow row, Caller caller)
    {
        using var client = _app.AnonymousClient();
        using var request = row.ToRequest();

        request.Headers.Authorization = caller switch
        {
            Caller.Nobody => null,
            Caller.NoGate => new("Gate", new string('A', 43)),
            Caller.Citizen => Bearer(_app.TokenFor("alice-310101")),
            Caller.Operator => Bearer(_app.TokenFor("olga-310102", ParkingApplication.AllDuties)),
            Caller.OwnGate => new("Gate", _app.GateKeyOf(EndpointTable.OwnGate)),
            _ => new("Gate", _app.GateKeyOf(EndpointTable.OtherGate)),
        };
        using var response = await client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);
}
