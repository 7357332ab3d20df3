using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Parking.Api.Gates;
using Parking.Api.Tests.Infrastructure;
using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Commands;

/// <summary>Commands over HTTP: what operators send and see, and what gates wait for and claim.</summary>
public sealed class CommandEndpointTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private const string Journal = "00000000000000c0";

    private static int _drawn;

    private readonly ParkingApplication _app = shared.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Instant Now => Instant.FromDateTimeOffset(_app.Time.GetUtcNow());

    [Fact]
    public async Task OpenOnce_FromTheOperatorToTheBarrier_ShowsEachStep()
    {
        const string gate = "yuyuan-out-1";
        var waiting = PollAsync(gate);
        var queued = await GiveAsync(gate, Asked());
        var command = Assert.Single((await waiting).Commands);
        Assert.Equal((queued.Id, BarrierCommand.OpenOnce, queued.Reason), (command.Id, command.Command, command.Reason));

        var granted = await ClaimAsync(gate, command.Id, 1);
        var seen = await FindAsync(gate, command.Id);
        await _app.UploadAsync(
            gate,
            new ReportedCommand { Seq = 1, DeviceTime = Now, Command = command.Id, Step = CommandStep.Claimed },
            new ReportedAct
            {
                Seq = 2,
                DeviceTime = Now,
                Act = BarrierAct.OpenedByHand,
                Reason = command.Reason,
                Command = command.Id,
            });
        var ended = await FindAsync(gate, command.Id);

        Assert.True(granted.Granted);
        Assert.Equal(
            [GateCommandState.Queued, GateCommandState.Granted, GateCommandState.Obeyed],
            new[] { queued.State, seen.State, ended.State });
        Assert.Equal((Now, Now + Duration.FromSeconds(10)), (ended.EndedAt, ended.ExpiresAt));
        Assert.NotEqual("", ended.Staff);
    }

    [Fact]
    public async Task Poll_OfCommandsThatWereSeen_WaitsForOthers()
    {
        const string gate = "yuyuan-in-1";
        var first = await GiveAsync(gate, Asked());
        var waiting = PollAsync(gate, $"?seen={first.Id}");

        var second = await GiveAsync(gate, Asked());

        Assert.Equal([second.Id], (await waiting).Commands.Select(command => command.Id));
        Assert.Equal([first.Id, second.Id], (await PollAsync(gate)).Commands.Select(command => command.Id));
    }

    [Fact]
    public async Task Poll_NothingWaits_IsAnsweredWithNoneWhenItsTimeIsOver()
    {
        Assert.Empty((await PollAsync("hsp-out-1", "?wait=0")).Commands);
    }

    [Fact]
    public async Task Give_TheSameAgain_IsOneCommand_AndOtherContentIsAConflict()
    {
        const string gate = "hsp-in-2";
        var asked = Asked();
        var first = await GiveAsync(gate, asked);

        Assert.Equal(first, await GiveAsync(gate, asked));
        using var other = await PostAsync(gate, asked with { Reason = "something else" });
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Single((await PollAsync(gate)).Commands);
    }

    public static TheoryData<string, GateCommandRequest, string> Refused { get; } = new()
    {
        { "hsp-out-1", Draft with { Command = BarrierCommand.Lock, Seconds = 60 }, "urn:parking:exits-are-not-locked" },
        { "hsp-out-1", Draft with { Command = BarrierCommand.HoldOpen }, "urn:parking:invalid-request" },
        { "hsp-out-1", Draft with { Command = BarrierCommand.HoldOpen, Seconds = 43_201 }, "urn:parking:invalid-request" },
        { "hsp-out-1", Draft with { Seconds = 60 }, "urn:parking:invalid-request" },
        { "hsp-out-1", Draft with { Reason = "" }, "urn:parking:invalid-request" },
        { "hsp-out-1", Draft with { Reason = " " }, "urn:parking:invalid-request" },
        { "hsp-out-1", Draft with { Reason = "two\nlines" }, "urn:parking:invalid-request" },
        { "hsp-out-1", Draft with { Reason = "\u202E" }, "urn:parking:invalid-request" },
        { "hsp-out-1", Draft with { Reason = new('x', 201) }, "urn:parking:invalid-request" },
        { "hsp-out-1", Draft with { Id = "01jtcwb2x0s3k7n5q8v1r4t6yz" }, "urn:parking:invalid-request" },
        { "hsp-out-1", Draft with { Id = "01JTCWB2X0S3K7N5Q8V1R4T6YZ" }, "urn:parking:command-not-fresh" },
        { "hsp-out-1", Draft with { Id = "7ZZZZZZZZZS3K7N5Q8V1R4T6YZ" }, "urn:parking:command-not-fresh" },
        { "hsp-in-1", Draft with { Stay = new('0', 32) }, "urn:parking:invalid-request" },
        { "hsp-out-1", Draft with { Stay = new('0', 32) }, "urn:parking:stay-not-found" },
        { "nowhere", Draft, "urn:parking:gate-not-found" },
    };

    private static GateCommandRequest Draft => new() { Id = "", Command = BarrierCommand.OpenOnce, Reason = "phone is broken" };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Give_WhatMakesNoSense_IsRefusedAndNothingWaits(string gate, GateCommandRequest asked, string problem)
    {
        using var response = await PostAsync(gate, asked.Id.Length == 0 ? asked with { Id = Draw() } : asked);

        var told = await response.Content.ReadFromJsonAsync<ProblemAnswer>(ContractJson.ClientOptions, Cancellation);
        Assert.Equal(problem, told!.Type);
        Assert.True(gate == "nowhere" || (await PollAsync(gate, "?wait=0")).Commands.Count == 0);
    }

    /// <summary>An open call is a sign of life, also of a gate that sends no heartbeats.</summary>
    [Fact]
    public async Task Poll_IsASignOfLife()
    {
        const string gate = "xuhui-hospital-in-1";
        Assert.Equal("never", (await _app.GateAsync(gate)).GetProperty("state").GetString());

        await PollAsync(gate, "?wait=0");
        await _app.Services.GetRequiredService<GateRoster>().CatchUpAsync(Cancellation);

        Assert.Equal("online", (await _app.GateAsync(gate)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Heartbeat_WithABarrier_IsShownToOperators()
    {
        const string gate = "xuhui-hospital-out-1";
        using var client = _app.GateClient(gate);
        using var response = await client.PostAsJsonAsync(
            $"/v1/gates/{gate}/heartbeats",
            new Heartbeat { Journal = Journal, LastSeq = 0, DeviceTime = Now, Barrier = BarrierPosition.HeldOpen },
            GateProtocolJson.Options,
            Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("held_open", (await _app.GateAsync(gate)).GetProperty("barrier").GetString());
    }

    private string Draw() => Ulids.At(Now, Interlocked.Increment(ref _drawn)).Value;

    private GateCommandRequest Asked() => Draft with { Id = Draw() };

    private async Task<GateCommandAnswer> GiveAsync(string gate, GateCommandRequest asked)
    {
        using var response = await PostAsync(gate, asked);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<GateCommandAnswer>(ContractJson.Options, Cancellation))!;
    }

    private async Task<HttpResponseMessage> PostAsync(string gate, GateCommandRequest asked)
    {
        using var client = _app.OperatorClient();
        return await client.PostAsJsonAsync($"/v1/gates/{gate}/commands", asked, ContractJson.Options, Cancellation);
    }

    private async Task<GateCommandAnswer> FindAsync(string gate, string id)
    {
        using var client = _app.OperatorClient();
        return (await client.GetFromJsonAsync<GateCommandAnswer>($"/v1/gates/{gate}/commands/{id}", ContractJson.Options, Cancellation))!;
    }

    private async Task<GateCommandList> PollAsync(string gate, string query = "")
    {
        using var client = _app.GateClient(gate);
        return (await client.GetFromJsonAsync<GateCommandList>(
            $"/v1/gates/{gate}/commands{query}", GateProtocolJson.Options, Cancellation))!;
    }

    private async Task<CommandClaimAnswer> ClaimAsync(string gate, string id, long seq)
    {
        using var client = _app.GateClient(gate);
        using var response = await client.PostAsJsonAsync(
            $"/v1/gates/{gate}/commands/{id}/claims", new CommandClaim { Journal = Journal, Seq = seq }, GateProtocolJson.Options,
            Cancellation);
        return (await response.Content.ReadFromJsonAsync<CommandClaimAnswer>(GateProtocolJson.Options, Cancellation))!;
    }
}
