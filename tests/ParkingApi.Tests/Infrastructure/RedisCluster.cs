using System.Globalization;
using StackExchange.Redis;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>A real Redis Cluster of three primaries, each with a third of the slots.</summary>
public sealed class RedisCluster : IRedis
{
    private const int Slots = 16_384;

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(50);

    private readonly List<RedisServer> _nodes;

    private RedisCluster(List<RedisServer> nodes) => _nodes = nodes;

    /// <summary>Where it is, for StackExchange.Redis.</summary>
    public string Configuration => string.Join(',', _nodes.Select(node => node.Configuration));

    /// <summary>Starts a cluster and waits until it serves every slot, or skips the test if redis-server is not installed.</summary>
    public static async Task<RedisCluster> StartNewAsync()
    {
        var cluster = new RedisCluster([]);
        try
        {
            for (var n = 0; n < 3; n++)
            {
                var busPort = RedisProcess.FindFreePort().ToString(CultureInfo.InvariantCulture);
                cluster._nodes.Add(await RedisServer.StartNewAsync(
                    "--cluster-enabled", "yes", "--cluster-port", busPort, "--cluster-node-timeout", "2000", "--appendfsync", "no"));
                await MeetAsync(cluster._nodes[n], n, cluster._nodes[0]);
            }

            await cluster.WaitUntilFormedAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public Task KillAsync() => Task.WhenAll(_nodes.Select(node => node.KillAsync()));

    public async Task StartAsync()
    {
        await Task.WhenAll(_nodes.Select(node => node.StartAsync()));
        await WaitUntilFormedAsync();
    }

    /// <summary>Empties it: a cluster has one database only.</summary>
    public Task ClearAsync() => Task.WhenAll(_nodes.Select(node => AskAsync(node, server => server.ExecuteAsync("FLUSHALL"))));

    /// <summary>Empties one of its shards, which go on running.</summary>
    public Task ClearAsync(int shard) => AskAsync(_nodes[shard], server => server.ExecuteAsync("FLUSHALL"));

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    private static async Task MeetAsync(RedisServer node, int index, RedisServer first)
    {
        await AskAsync(node, server => server.ExecuteAsync("CLUSTER", "SET-CONFIG-EPOCH", index + 1));
        await AskAsync(node, server => server.ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", Slots * index / 3, (Slots * (index + 1) / 3) - 1));
        if (node != first)
        {
            // A line of CLUSTER NODES: id ip:port@busPort,host flags …
            var known = (string)(await AskAsync(first, server => server.ExecuteAsync("CLUSTER", "NODES")))!;
            var address = known.Split('\n').First(line => line.Contains("myself", StringComparison.Ordinal)).Split(' ')[1];
            var busPort = address.Split('@')[1].Split(',')[0];
            await AskAsync(node, server => server.ExecuteAsync("CLUSTER", "MEET", "127.0.0.1", first.Port, busPort));
        }
    }

    private static async Task<T> AskAsync<T>(RedisServer node, Func<IServer, Task<T>> question)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{node.Configuration},allowAdmin=true");
        return await question(connection.GetServer(node.Configuration));
    }

    private async Task WaitUntilFormedAsync()
    {
        using var limit = Patience.Start();
        foreach (var node in _nodes)
        {
            await AskAsync(node, async server =>
            {
                while (true)
                {
                    var info = (string)(await server.ExecuteAsync("CLUSTER", "INFO"))!;
                    if (info.Contains("cluster_state:ok", StringComparison.Ordinal)
                        && info.Contains("cluster_known_nodes:3", StringComparison.Ordinal))
                    {
                        return true;
                    }

                    await Task.Delay(PollEvery, limit.Token);
                }
            });
        }
    }
}
