using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;
using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Occupancy;

/// <summary>A client and everything it hears, in the order it hears it.</summary>
internal sealed class OccupancyListener
{
    private readonly Channel<object> _messages = Channel.CreateUnbounded<object>();

    public OccupancyListener(HubConnection connection, ConcurrentQueue<string> heard)
    {
        Connection = connection;
        connection.On<JsonElement>(nameof(IOccupancyClient.Snapshot), message => _messages.Writer.TryWrite(Read(message)));
        connection.On<JsonElement>(nameof(IOccupancyClient.Changed), message =>
        {
            var changes = Read(message);
            foreach (var part in (IEnumerable<object>)[.. changes.Facilities, .. changes.Gates, .. changes.Districts, .. changes.Commands])
            {
                _messages.Writer.TryWrite(part);
            }

            Changes.Enqueue(changes);
        });

        OccupancyUpdate Read(JsonElement message)
        {
            // As it came over the wire: a member that the type does not know is seen, too.
            heard.Enqueue(message.GetRawText());
            return message.Deserialize<OccupancyUpdate>(GateProtocolJson.Options)!;
        }
    }

    /// <summary>The messages of changes as they came. <see cref="NextAsync"/> has their parts.</summary>
    public ConcurrentQueue<OccupancyUpdate> Changes { get; } = [];

    public HubConnection Connection { get; }

    /// <summary>Of the facility last heard of.</summary>
    public long? Sequence { get; private set; }

    /// <summary>Null if nothing is heard for some time.</summary>
    public async Task<object?> TryNextAsync(TimeSpan patience)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(patience);
        try
        {
            return await _messages.Reader.WaitToReadAsync(limit.Token) ? await NextAsync() : null;
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public async Task<object> NextAsync()
    {
        var message = await _messages.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience.Limit);
        Sequence = message switch
        {
            OccupancyUpdate { Facilities: [.., var last] } => last.Sequence,
            OccupancyMessage change => change.Sequence,
            _ => Sequence,
        };
        return message;
    }
}
