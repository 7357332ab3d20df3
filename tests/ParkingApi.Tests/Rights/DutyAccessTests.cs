using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Identity;
using Parking.Api.Occupancy;
using Parking.Api.Tests.Hosting;
using Parking.Api.Tests.Infrastructure;
using Parking.Rights;

namespace Parking.Api.Tests.Rights;

/// <summary>
/// Every endpoint and every scope of the hub before everybody: each duty for each kind of scope. What is expected is computed from the
/// texts of the duties and <see cref="EndpointTable"/>, without the service's own code.
/// </summary>
public sealed class DutyAccessTests(KestrelApplication shared) : IClassFixture<KestrelApplication>
{
    private static readonly string[] Kinds = ["watch", "operate", "money", "admin"];

    /// <summary>
    /// The city, own and other district, own facility, others in the same and in another district, and one that is not there.
    /// </summary>
    private static readonly string[] Scopes =
    [
        "city", "district:huangpu", "district:pudong", "facility:hsp", "facility:yuyuan", "facility:jingan-temple", "facility:nowhere",
    ];

    private static readonly string[][] Everybody =
    [
        [],
        .. from kind in Kinds from scope in Scopes select new[] { $"{kind}@{scope}" },
        ["watch@facility:jingan-temple", "money@district:huangpu", "operate@facility:yuyuan"],
        ["operator", "role:operator", "admin", "operate@*", "OPERATE@city"],
    ];

    private static readonly string[] City = ["city"], Hsp = ["city", "district:huangpu", "facility:hsp"];

    private readonly ParkingApplication _app = shared.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>So that nobody adds an endpoint for operators that this test does not ask.</summary>
    [Fact]
    public void Table_NamesADuty_ForExactlyTheEndpointsThatNeedOne()
    {
        var needing = EndpointTable.EndpointsOf(_app)
            .Where(endpoint => endpoint.Metadata.GetMetadata<DutyRequirement>() is not null)
            .SelectMany(EndpointTable.NamesOf);

        Assert.Equal(needing.Order(), EndpointTable.Rows.Where(row => row.Needs is not null).Select(row => row.Name).Order());
    }

    [Fact]
    public async Task Table_OfTheDocuments_IsThatOfTheService()
    {
        using var app = new ParkingApplication { EnvironmentName = SimulationMode.EnvironmentName };
        var endpoints =
            from endpoint in EndpointTable.EndpointsOf(app)
            let needed = endpoint.Metadata.GetMetadata<DutyRequirement>()
            where needed is not null
            from name in EndpointTable.NamesOf(endpoint)
            where !name.EndsWith("/negotiate", StringComparison.Ordinal)
            select $"| `{name.Replace("* ", "", StringComparison.Ordinal)}` | `{Duty.NameOf(needed.Kind)}` | {needed.Scope.Text} |";
        var page = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "Documents", "duties.md"), Cancellation);

        Assert.Equal(
            endpoints.Order(StringComparer.Ordinal),
            page.SkipWhile(line => line != "| call | duty | where |").Skip(2).TakeWhile(line => line.StartsWith('|'))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Endpoint_CalledWithAnyDuty_LetsInExactlyThoseWhoHaveTheOneItNeeds()
    {
        var stay = await ParkAsync();
        EndpointRow[] more =
        [
            new("POST", "", $"/v1/stays/{stay}/close", new NeededDuty("operate", Hsp)),
            new("GET", "", "/v1/risk?facility=hsp", new NeededDuty("watch", Hsp)),
            new("GET", "", "/v1/risk/stays?facility=hsp", new NeededDuty("watch", Hsp)),
            new("GET", "", "/v1/risk?facility=nowhere-else", new NeededDuty("watch", City)),
            new("GET", "", "/v1/facilities/nowhere-else/log", new NeededDuty("watch", City)),
            new("PUT", "", "/v1/facilities/nowhere-else/state", new NeededDuty("operate", City)),
        ];
        var wrong = new List<string>();
        foreach (var row in EndpointTable.Rows.Where(row => row.Needs is not null).Concat(more))
        {
            foreach (var duties in Everybody)
            {
                var status = await CallAsync(row, duties);
                var isLetIn = status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
                if (isLetIn != Has(duties, row.Needs!) || (int)status >= 500)
                {
                    wrong.Add($"{row.Method} {row.Path} with [{string.Join(' ', duties)}]: {(int)status}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Scope_OfTheHub_IsHeardByExactlyThoseWhoMayWatchIt()
    {
        (string Scope, string[] Needs)[] scopes =
        [
            ("city", City), ("districts", City), ("district:huangpu", ["city", "district:huangpu"]), ("facility:hsp", Hsp),
        ];
        var wrong = new List<string>();
        foreach (var duties in Everybody.Where(duties => Has(duties, new("watch", []))))
        {
            await using var connection = await ConnectAsync(duties);
            foreach (var (scope, needs) in scopes)
            {
                if (await SubscribesAsync(connection, scope) != Has(duties, new("watch", needs)))
                {
                    wrong.Add($"{scope} with [{string.Join(' ', duties)}]");
                }
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>Only those who watch the city are told whether there is such a scope at all.</summary>
    [Theory]
    [InlineData("facility:nowhere-else", "watch@facility:nowhere-else")]
    [InlineData("facility:jingan-temple", "watch@facility:jingan-temple")]
    [InlineData("districts", "watch@city")]
    [InlineData("nonsense", "watch@city")]
    public async Task Scope_ThatMayNotBeHeard_NamesTheDuty(string scope, string needed)
    {
        await using var connection = await ConnectAsync(["operate@district:huangpu"]);

        var error = await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync("Subscribe", scope, Cancellation));

        Assert.EndsWith($"This needs the duty {needed}.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT", "/v1/facilities/jingan-temple/state", "operate@facility:jingan-temple")]
    [InlineData("PUT", "/v1/facilities/nowhere-else/state", "operate@facility:nowhere-else")]
    [InlineData("POST", "/v1/keys/00000000/revoke", "admin@city")]
    [InlineData("POST", "/v1/stays/4be1c6f0a7d94f0f8f2c1a5d3e6b7a90/close", "operate")]
    public async Task Refusal_NamesTheNeededDuty(string method, string path, string needed)
    {
        using var client = _app.OperatorClient("manager-1", ["operate@district:huangpu"]);

        using var answer = await client.SendAsync(
            new(new(method), path) { Content = JsonContent.Create(new { closed = true }) }, Cancellation);

        await ProblemAssert.IsAsync(answer, HttpStatusCode.Forbidden, "forbidden", "needed");
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(needed, problem.GetProperty("needed").GetString());
    }

    [Fact]
    public async Task List_OfGates_HasThoseThatTheCallerMayWatch()
    {
        var all = await GatesAsync(["watch@city"]);

        Assert.Equal(all.Where(gate => gate.StartsWith("hsp", StringComparison.Ordinal)), await GatesAsync(["operate@facility:hsp"]));
        Assert.Equal(
            all.Where(gate => gate.StartsWith("hsp", StringComparison.Ordinal) || gate.StartsWith("yuyuan", StringComparison.Ordinal)),
            await GatesAsync(["money@district:huangpu", "watch@facility:nowhere"]));
    }

    [Fact]
    public async Task Risk_WithoutAFacility_IsThatOfTheCallersScopes()
    {
        // An exit without an entry is a stay at risk.
        var (citizen, seq) = shared.Next();
        await _app.DriveAsync("hsp-out-1", citizen, seq);

        Assert.Equal(["hsp"], await RiskAsync(["watch@district:huangpu"]));
        Assert.Empty(await RiskAsync(["watch@district:pudong"]));
    }

    /// <summary>A stay is its owner's; others must watch the facility. To the rest it is not there.</summary>
    [Theory]
    [InlineData("watch@city", HttpStatusCode.OK)]
    [InlineData("operate@district:huangpu", HttpStatusCode.OK)]
    [InlineData("money@facility:hsp", HttpStatusCode.OK)]
    [InlineData("watch@facility:yuyuan", HttpStatusCode.NotFound)]
    [InlineData("operate@district:pudong", HttpStatusCode.NotFound)]
    [InlineData("operator", HttpStatusCode.NotFound)]
    public async Task Stay_OfSomebodyElse_IsSeenByThoseWhoWatchItsFacility(string duty, HttpStatusCode expected)
    {
        var stay = await ParkAsync();
        using var client = _app.OperatorClient("operator-1", [duty]);

        using var answer = await client.GetAsync($"/v1/stays/{stay}", Cancellation);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Role_GrantsNothing()
    {
        using var client = _app.AnonymousClient();
        client.DefaultRequestHeaders.Authorization = new(
            "Bearer",
            _app.TokenOf(new() { ["sub"] = "olga-310102", ["role"] = "operator" }, _app.Time.GetUtcNow(), TimeSpan.FromMinutes(5)));

        using var answer = await client.GetAsync("/v1/gates", Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    /// <summary>The same rule, written down a second time: as the documents say it.</summary>
    private static bool Has(string[] duties, NeededDuty needed) => duties
        .Select(duty => duty.Split('@'))
        .Any(duty => duty is [var kind, var scope]
            && Kinds.Contains(kind)
            && (kind == needed.Kind || needed.Kind == "watch")
            && (needed.Scopes.Length == 0 ? Scopes : needed.Scopes).Contains(scope));

    /// <summary>Somebody parks at the garage hsp.</summary>
    /// <returns>The name of their stay.</returns>
    private async Task<string> ParkAsync()
    {
        var (citizen, seq) = shared.Next();
        await _app.DriveAsync("hsp-in-1", citizen, seq);
        using var driver = _app.CitizenClient(citizen);
        var stays = await driver.GetFromJsonAsync<JsonElement>("/v1/me/stays", Cancellation);
        return stays.GetProperty("open")[0].GetProperty("id").GetString()!;
    }

    private async Task<HttpStatusCode> CallAsync(EndpointRow row, string[] duties)
    {
        using var client = _app.OperatorClient("operator-1", duties);
        using var answer = await client.SendAsync(row.ToRequest(), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        return answer.StatusCode;
    }

    private async Task<IEnumerable<string>> GatesAsync(string[] duties) =>
        (await AskAsync("/v1/gates", duties)).GetProperty("gates").EnumerateArray().Select(gate => gate.GetProperty("id").GetString()!);

    private async Task<IEnumerable<string>> RiskAsync(string[] duties) =>
        (await AskAsync("/v1/risk", duties)).GetProperty("sums").EnumerateArray()
            .Select(sum => sum.GetProperty("facility").GetString()!).Distinct();

    private async Task<JsonElement> AskAsync(string path, string[] duties)
    {
        using var client = _app.OperatorClient("operator-1", duties);
        return await client.GetFromJsonAsync<JsonElement>(path, Cancellation);
    }

    private async Task<HubConnection> ConnectAsync(string[] duties)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(
                new Uri(_app.ClientOptions.BaseAddress, OccupancyHub.Path),
                options => options.AccessTokenProvider = () => Task.FromResult<string?>(_app.TokenFor("operator-1", duties)))
            .AddJsonProtocol()
            .Build();
        await connection.StartAsync(Cancellation);
        return connection;
    }

    private static async Task<bool> SubscribesAsync(HubConnection connection, string scope)
    {
        try
        {
            await connection.InvokeAsync("Subscribe", scope, Cancellation);
            return true;
        }
        catch (HubException)
        {
            return false;
        }
    }
}
