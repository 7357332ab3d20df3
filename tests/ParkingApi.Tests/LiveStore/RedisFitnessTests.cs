using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Parking.Api.Tests.Infrastructure;
using Parking.Ports;
using Parking.Stores.Redis;
using StackExchange.Redis;
using static Parking.Api.Tests.LiveStore.Sample;

namespace Parking.Api.Tests.LiveStore;

/// <summary>
/// A Redis that may lose data is not used; our own defects are not reported as outages; keys live as long as they should.
/// </summary>
public sealed class RedisFitnessTests
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task EveryCall_NoAppendOnlyFile_SaysWhatToSet()
    {
        await using var server = await RedisServer.StartNewAsync("--appendonly", "no");
        await using var connection = Connect(server);

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => new RedisLiveStore(connection).LoadAsync(Holder));

        Assert.Contains("appendonly yes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("volatile-ttl")]
    [InlineData("noeviction")]
    public async Task EveryCall_MemoryLimitThatDropsNoStays_Works(string policy)
    {
        await using var server = await RedisServer.StartNewAsync("--maxmemory", "100mb", "--maxmemory-policy", policy);
        await using var connection = Connect(server);

        Assert.True(await new RedisLiveStore(connection).CommitAsync(Holder, 0, Bytes("x")));
    }

    [Fact]
    public async Task Probe_AppendOnlyFileTurnedOffMeanwhile_StopsEveryCall()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var connection = Connect(server);
        var store = new RedisLiveStore(connection);
        await store.ProbeAsync(TestContext.Current.CancellationToken);

        await connection.RunAsync(db => db.ExecuteAsync("CONFIG", "SET", "appendonly", "no"));

        await EventuallyThrowsAsync(() => store.ProbeAsync(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.LoadAsync(Holder));
    }

    /// <summary>It answers everything that only reads.</summary>
    [Theory]
    [InlineData("REPLICAOF", "127.0.0.1", "1")]
    [InlineData("CONFIG", "SET", "min-replicas-to-write", "1")]
    public async Task Probe_NothingCanBeWritten_FailsUntilItCan(params string[] command)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var connection = Connect(server);
        var store = new RedisLiveStore(connection);
        await store.ProbeAsync(TestContext.Current.CancellationToken);

        await SendAsync(command);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ProbeAsync(TestContext.Current.CancellationToken));

        await SendAsync(command is ["CONFIG", ..] ? ["CONFIG", "SET", "min-replicas-to-write", "0"] : ["REPLICAOF", "NO", "ONE"]);
        await RecoveredAsync(async () =>
        {
            await store.ProbeAsync(TestContext.Current.CancellationToken);
            return true;
        });

        async Task SendAsync(string[] words)
        {
            await using var other = await ConnectionMultiplexer.ConnectAsync($"{server.Configuration},allowAdmin=true");
            await other.GetServer(server.Configuration).ExecuteAsync(words[0], [.. words[1..]]);
        }
    }

    [Fact]
    public async Task Probe_ManyAtTheSameTime_ShareOneLook()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var connection = Connect(server);
        await connection.ProbeAsync();
        var before = await CountAsync(connection, "cmdstat_info");

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => connection.ProbeAsync()));

        // The count itself sends one INFO, a look three. The first look may have ended before the last probe was asked for.
        Assert.InRange(await CountAsync(connection, "cmdstat_info") - before, 1, 1 + (2 * 3));
    }

    [Fact]
    public async Task EveryCall_ServerHangs_FailsSoonForAllAndWorksAgainByItself()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var connection = Connect(server);
        var store = new RedisLiveStore(connection);
        await store.CommitAsync(Holder, 0, Bytes("before"));

        await server.SuspendAsync();
        await EventuallyThrowsAsync(() => store.ProbeAsync(TestContext.Current.CancellationToken));
        var began = Stopwatch.GetTimestamp();
        var errors = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Record.ExceptionAsync(() => store.LoadAsync(Holder)).AsTask()));
        var took = Stopwatch.GetElapsedTime(began);
        await server.ResumeAsync();

        Assert.All(errors, error => Assert.IsType<StoreUnavailableException>(error));

        // A few seconds. One after the other they would take minutes.
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        Assert.Equal("before", Text((await RecoveredAsync(() => store.LoadAsync(Holder))).Content));
    }

    /// <summary>What <c>INFO commandstats</c> counts of a command.</summary>
    private static Task<int> CountAsync(RedisConnection connection, string command) => connection.RunAsync(async db =>
    {
        var stats = await db.Multiplexer.GetServers()[0].InfoAsync("commandstats");
        var calls = stats.SelectMany(group => group).FirstOrDefault(line => line.Key == command).Value;
        return calls is null ? 0 : int.Parse(calls.Split('=')[1].Split(',')[0], CultureInfo.InvariantCulture);
    });

    private static async Task EventuallyThrowsAsync(Func<Task> call)
    {
        using var limit = Patience.Start();
        while (await Record.ExceptionAsync(call) is not StoreUnavailableException)
        {
            await Task.Delay(PollEvery, limit.Token);
        }
    }

    private static async Task<T> RecoveredAsync<T>(Func<Task<T>> call)
    {
        using var limit = Patience.Start();
        while (true)
        {
            try
            {
                return await call();
            }
            catch (StoreUnavailableException)
            {
                await Task.Delay(PollEvery, limit.Token);
            }
        }
    }

    [Fact]
    public async Task Write_MemoryFull_IsAnOutage()
    {
        await using var server = await RedisServer.StartNewAsync("--maxmemory", "1kb", "--maxmemory-policy", "noeviction");
        await using var connection = Connect(server);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => new RedisLiveStore(connection).CommitAsync(Holder, 0, Bytes("x")));
    }

    [Fact]
    public async Task Write_ValueOfAnotherType_IsAMistakeAndNotAnOutage()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var connection = Connect(server);
        await connection.RunAsync(db => db.StringSetAsync(StoreKeys.Spaces(Facility), "not a hash"));

        await Assert.ThrowsAsync<RedisServerException>(() => new RedisLiveStore(connection).GiveBackAsync(Facility, [Scan(1)]));
        await Assert.ThrowsAsync<RedisServerException>(() => new RedisLiveStore(connection).ReserveAsync(Facility, Pending(1), Space()));
    }

    [Fact]
    public async Task Scripts_FlushedFromTheServer_AreSentAgain()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var connection = Connect(server);
        var store = new RedisLiveStore(connection);
        await store.CommitAsync(Holder, 0, Bytes("x"));

        await connection.RunAsync(db => db.ExecuteAsync("SCRIPT", "FLUSH"));

        Assert.True(await store.CommitAsync(Holder, 1, Bytes("y")));
    }

    [Fact]
    public async Task Keys_AfterEveryKindOfStep_HaveTheLifetimeTheyShould()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var subject = new RedisUnderTest(server, server.TakeDatabase());
        await subject.Live.CommitAsync(Holder, 0, Bytes("x"));
        await subject.Live.ReserveAsync(Facility, Pending(1), Space());
        await subject.Live.MarkAsync(Facility, Scan(1), Content, Bytes("x"), []);
        await subject.Live.MarkAsync(Facility, Scan(3), Content, Bytes("x"), []);
        await subject.Live.ReserveAsync(Facility, Pending(4), Space());
        await subject.Holders.FindOrAddAsync(new(new string('a', 64)), Holder);
        await subject.Holders.SaveAccountAsync(Holder, 0, Bytes("x"));
        await subject.Screens.SwapAsync("01JTCWB2X0S3K7N5Q8V1R4T6YZ", null, "x");
        await subject.Withdrawals.WithdrawAsync(new(new string('a', 64)), Instant.FromUtc(2026, 5, 4, 8, 30));

        var lifetimes = await subject.Connection.RunAsync(async db =>
        {
            var keys = await db.Multiplexer.GetServers()[0].KeysAsync(db.Database).ToListAsync(TestContext.Current.CancellationToken);
            var left = await Task.WhenAll(keys.Select(async key => (Key: key.ToString(), Left: await db.KeyTimeToLiveAsync(key))));
            return left.OrderBy(key => key.Key, StringComparer.Ordinal).Select(key => $"{key.Key} {key.Left?.TotalDays:0}").ToList();
        });

        // These names are in every site's Redis: changing one loses what is kept under it.
        Assert.Equal(
            [
                "about ",
                $"citizen:{new string('a', 64)} ",
                "screens ",
                "shard:{0} ",
                $"withdrawn:{new string('a', 64)} 31",
                "{f:harbour-north}:ans:harbour-north-in-1:fedcba9876543210:0 8",
                "{f:harbour-north}:mark:harbour-north-in-1:fedcba9876543210 ",
                "{f:harbour-north}:mark:harbour-north-in-1:fedcba9876543210:ahead 8",
                "{f:harbour-north}:pending ",
                "{f:harbour-north}:places ",
                "{f:harbour-north}:watch ",
                "{p:1}:arc ",
                "{p:1}:out ",
                "{p:1}:t:8000000000000001 ",
                "{p:1}:v:8000000000000001 ",
            ],
            lifetimes);
    }

    private static RedisConnection Connect(RedisServer server) =>
        new(Options.Create(new RedisOptions { Configuration = server.Configuration }), new FakeTimeProvider());
}
