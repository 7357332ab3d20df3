using System.Buffers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodaTime;
using Parking.Api.Hosting.Ndjson;
using Parking.Api.Hosting.Problems;
using Parking.Api.Tariffs;
using Parking.Api.Tests.Infrastructure;
using Parking.Api.Tests.Recording;
using Parking.Api.Tests.Tariffs;
using Parking.Contracts;
using Parking.Contracts.Tests;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Tariffs.Documents;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Parking.Api.Tests.Hosting;

/// <summary>The service sends and takes the messages of Contracts, and no others.</summary>
public sealed class ContractTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private readonly ParkingApplication _app = shared.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Invocations { get; } = [.. Samples.Invocations];

    public static TheoryData<string, Type> OfEverybody { get; } = new()
    {
        { "/v1/districts", typeof(DistrictListAnswer) },
        { "/v1/facilities", typeof(FacilityListAnswer) },
        { "/v1/facilities/hsp", typeof(FacilityAnswer) },
        { "/v1/facilities/hsp/price-board", typeof(PriceBoardAnswer) },
        { "/v1/facilities/atlantis", typeof(ProblemAnswer) },
        { "/health", typeof(HealthAnswer) },
    };

    public static TheoryData<string, Type> OfOperators { get; } = new()
    {
        { "/v1/gates", typeof(GateListAnswer) },
        { "/v1/facilities/hsp/gates", typeof(GateListAnswer) },
        { "/v1/facilities/hsp/log", typeof(FacilityLogAnswer) },
        { "/v1/facilities/hsp/occupancy/today", typeof(OccupancyDayAnswer) },
        { "/v1/facilities/hsp/use?from=2026-05-01&to=2026-05-31", typeof(FacilityUseAnswer) },
        { "/v1/use?from=2026-05-01&to=2026-05-31", typeof(CityUseAnswer) },
        { "/v1/facilities/hsp/log?limit=0", typeof(InvalidMembersAnswer) },
        { "/v1/alarms", typeof(AlarmListAnswer) },
        { "/v1/risk", typeof(RiskAnswer) },
        { "/v1/risk/stays", typeof(StaysAtRiskAnswer) },
    };

    [Theory]
    [MemberData(nameof(OfEverybody))]
    public async Task AnswerToEverybody_IsItsMessage(string path, Type type)
    {
        using var client = _app.AnonymousClient();

        await ReadAsync(await client.GetAsync(path, Cancellation), type);
    }

    [Theory]
    [MemberData(nameof(OfOperators))]
    public async Task AnswerToOperators_IsItsMessage(string path, Type type)
    {
        using var client = _app.OperatorClient();
        await _app.BeatAsync("hsp-in-1");
        await _app.UploadAsync(
            "hsp-in-1", new ReportedIncident { Seq = 1, DeviceTime = default, Incident = GateIncident.Tailgating, Detail = "two cars" });

        await ReadAsync(await client.GetAsync(path, Cancellation), type);
    }

    [Fact]
    public async Task WayOfACitizen_FromVehicleToStay_IsMadeOfMessages()
    {
        using var citizen = _app.CitizenClient("carol");
        var vehicles = new VehicleListRequest { Vehicles = [new() { Plate = "沪A12345", Class = Contracts.VehicleClass.Electric }] };

        var listed = await ReadAsync<VehicleListAnswer>(
            await citizen.PutAsJsonAsync("/v1/me/vehicles", vehicles, ContractJson.Options, Cancellation));
        var code = await ReadAsync<MintAnswer>(
            await citizen.PostAsJsonAsync("/v1/codes", new MintRequest { Plate = "沪A12345" }, ContractJson.Options, Cancellation));
        _app.Secrets.Add(code.Code);
        var entered = await ReadAsync<UploadAnswer>(await _app.PostEventsAsync("hsp-in-2", _app.Scan(code.Code, 1)));
        var stay = await ReadAsync<StayAnswer>(await citizen.GetAsync($"/v1/stays/{entered.Answers[0].Scan!.Stay!.Id}", Cancellation));
        var mine = await ReadAsync<MyStaysAnswer>(await citizen.GetAsync("/v1/me/stays", Cancellation));
        var conflict = await ReadAsync<EventConflictAnswer>(await _app.PostEventsAsync("hsp-in-2", _app.Scan("SP1:ANOTHER", 1)));

        Assert.Equal(vehicles.Vehicles, listed.Vehicles);
        Assert.Equal(("hsp", "沪A12345"), (stay.Facility, stay.Plate));
        Assert.NotNull(stay.Quote?.Lines);
        Assert.Equal(stay.Id, Assert.Single(mine.Open).Id);
        Assert.Equal(EventOutcome.Conflict, conflict.Answer.Answers[0].Outcome);
    }

    [Fact]
    public async Task AnswersToQuotes_AreMessages()
    {
        using var client = _app.OperatorClient();
        var ask = new QuoteRequest { Facility = "hsp", Lines = true, NextChange = true };
        var stay = JsonSerializer.Deserialize<QuotedStay>(Samples.Read("rest/QuotedStay.times-alone"), ContractJson.Options)!;

        var backwards = stay with { ExitedAt = stay.EnteredAt - Duration.FromHours(1) };

        using var answers = await client.PostAsync("/v1/tariffs/quotes", LinesOf(ask, stay, backwards), Cancellation);
        var lines = (await answers.Content.ReadAsStringAsync(Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var invalid = await ReadAsync<InvalidDocumentAnswer>(
            await client.PostAsync("/v1/tariffs/quotes", LinesOf(new QuoteRequest()), Cancellation));

        Assert.Equal(2, lines.Length);
        Assert.NotNull(Read<PricedStay>(lines[0]).NextChange);
        Assert.Equal("$.exitedAt", Read<RefusedStay>(lines[1]).Error.Path);
        Assert.NotEmpty(invalid.Errors);
    }

    [Fact]
    public async Task LinesOfARecording_AreMessages()
    {
        using var listener = await Listener.BeginAsync(_app);
        await _app.DriveAsync("yuyuan-in-1", "dave", 1);
        await listener.HearAsync();

        Assert.Equal(1, Read<RecordingHeader>(listener.Heard[0]).Recording);
        Assert.Equal(ScanReason.Entered, Assert.IsType<RecordedScan>(Read<RecordedLine>(listener.Heard[1])).Reason);
    }

    [Theory]
    [InlineData("rest/QuotedStay")]
    [InlineData("rest/QuotedStay.times-alone")]
    public void SampleOfAStay_IsUnderstood(string name)
    {
        var sample = JsonSerializer.Deserialize<QuotedStay>(Samples.Read(name), ContractJson.Options)!;
        var tariff = TariffReader.Read(
            Encoding.UTF8.GetBytes(TariffDocuments.HalfHours("one", root => root["versions"]![0]!["validations"] = JsonNode.Parse(
                """[ { "id": "cinema", "name": { "zh": "影", "en": "C" }, "freeTime": "PT1H", "stackable": true } ]"""))),
            HolidayCalendarReader.BuiltIn);

        Assert.True(StayLineReader.TryRead(LineOf(Samples.Read(name)), tariff, out var read, out var error), error?.ToString());

        Assert.Equal((sample.EnteredAt, sample.ExitedAt), (read.Stay.EnteredAt, read.Stay.ExitedAt));
        Assert.Equal(sample.OccupancyPercent, read.Stay.OccupancyPercent);
        Assert.Equal((int)(sample.VehicleClass ?? Contracts.VehicleClass.Car), (int)read.Stay.VehicleClass);
        Assert.Equal(sample.Payments?.Select(payment => payment.Amount) ?? [], read.Stay.Payments.Select(payment => payment.Amount));
    }

    [Theory]
    [InlineData("rest/QuoteRequest.facility")]
    [InlineData("rest/QuoteRequest.tariff")]
    public void SampleOfAFirstLine_IsUnderstood(string name)
    {
        var sample = JsonSerializer.Deserialize<QuoteRequest>(Samples.Read(name), ContractJson.Options)!;

        var order = QuoteOrder.Read(LineOf(Samples.Read(name)), _app.Services.GetRequiredService<CityDirectory>(), out var errors);

        Assert.Empty(errors);
        Assert.Equal((sample.Lines, sample.NextChange), (order!.Lines, order.NextChange));
    }

    /// <summary>The host's own settings add to those of the contracts; what is written may not differ by it.</summary>
    [Fact]
    public void EveryBody_IsWrittenByTheHostAsItsSample()
    {
        var options = Samples.Indented(_app.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);

        Assert.All(Samples.Bodies, name =>
        {
            var message = JsonSerializer.Deserialize(Samples.Read(name), Samples.TypeOf(name), options);
            Assert.Equal(Samples.Read(name), JsonSerializer.Serialize(message, Samples.TypeOf(name), options) + "\n");
        });
    }

    [Theory]
    [MemberData(nameof(Invocations))]
    public void MessageOfTheHub_IsWrittenByItsProtocolAsItsSample(string name)
    {
        var sample = JsonSerializer.Deserialize<HubInvocation>(Samples.Read(name), ContractJson.Options)!;
        var types = Samples.TypeOf(name).GetMethod(sample.Target)!.GetParameters().Select(parameter => parameter.ParameterType);
        var arguments = types.Zip(sample.Arguments, (type, argument) => argument.Deserialize(type, ContractJson.Options)).ToArray();
        var protocol = Assert.Single(_app.Services.GetServices<IHubProtocol>(), protocol => protocol.Name == "json");

        var written = protocol.GetMessageBytes(new InvocationMessage(sample.InvocationId, sample.Target, arguments));

        Assert.Equal(JsonSerializer.Serialize(sample, ContractJson.Options) + '\u001e', Encoding.UTF8.GetString(written.Span));
    }

    /// <summary>Each way a call can fail has a sample with its own words.</summary>
    [Fact]
    public void EveryKindOfProblem_HasItsSample()
    {
        var kinds = typeof(ProblemKind).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(ProblemKind))
            .Select(field => (ProblemKind)field.GetValue(null)!)
            .ToList();
        var samples = Samples.Bodies.Where(name => typeof(ProblemAnswer).IsAssignableFrom(Samples.TypeOf(name)))
            .ToLookup(name => Samples.PartsOf(name)[1], name => (ProblemAnswer)Read(Samples.Read(name), Samples.TypeOf(name)));

        Assert.Equal(
            kinds.Select(kind => kind.Name).Order(StringComparer.Ordinal),
            samples.Select(sample => sample.Key).Order(StringComparer.Ordinal));
        Assert.All(kinds, kind => Assert.Contains(samples[kind.Name], sample =>
            (sample.Type, sample.Title, sample.Status) == (kind.Type, kind.Title, kind.Status)
            && (sample.Detail == kind.Detail || kind.Detail is null)));
    }

    private static NdjsonLine LineOf(string json) => new(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(json)), IsTooLong: false);

    private static StringContent LinesOf(params IEnumerable<object> lines) => new(
        string.Concat(lines.Select(line => JsonSerializer.Serialize(line, line.GetType(), ContractJson.Options) + "\n")),
        Encoding.UTF8,
        NdjsonWriter.MediaType);

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response) => (T)await ReadAsync(response, typeof(T));

    private static async Task<object> ReadAsync(HttpResponseMessage response, Type type)
    {
        using (response)
        {
            return Read(await response.Content.ReadAsStringAsync(Cancellation), type);
        }
    }

    private static T Read<T>(string json) => (T)Read(json, typeof(T));

    /// <summary>Unknown members are refused; written again, the message has every member that came, in its order.</summary>
    private static object Read(string json, Type type)
    {
        var message = JsonSerializer.Deserialize(json, type, ContractJson.Options)!;
        Assert.Equal(
            JsonSerializer.Serialize(JsonElement.Parse(json), ContractJson.Options),
            JsonSerializer.Serialize(message, type, ContractJson.Options));
        return message;
    }
}
