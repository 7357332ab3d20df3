using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Parking.Simulation.Clients;

namespace Parking.Simulation.Replay.Books;

/// <summary>Reads the service's archive through its public interface: the stays of each facility, and the revisions of each stay.</summary>
/// <param name="http">Has the service's address.</param>
/// <param name="operatorToken">Makes the bearer token of somebody who may watch the city.</param>
/// <param name="time">Waits when the service asks for it.</param>
internal sealed class ArchiveReader(HttpClient http, Func<string> operatorToken, TimeProvider time)
{
    /// <summary>The longest page that the service gives.</summary>
    private const int PageSize = 200;

    /// <summary>The number of stays that are read concurrently.</summary>
    private const int Parallel = 16;

    private readonly PatientSender _sender = new(http, time);

    /// <summary>Reads the whole archive.</summary>
    /// <param name="facilities">The ids of all facilities.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ServiceRefusedException">The service did not answer.</exception>
    public async Task<IReadOnlyList<ArchivedBook>> ReadAsync(IReadOnlyList<string> facilities, CancellationToken cancellationToken)
    {
        var stays = new List<ArchivedBook>();
        foreach (var facility in facilities)
        {
            stays.AddRange(await ListAsync(facility, cancellationToken));
        }

        // A stay that never ended has no revisions.
        var whole = new ConcurrentBag<ArchivedBook>(stays.Where(stay => stay.Revision == 0));
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken };
        await System.Threading.Tasks.Parallel.ForEachAsync(stays.Where(stay => stay.Revision > 0), options, async (stay, token) =>
        {
            var read = await AskAsync<WholeView>($"{stay.Id}", $"/v1/archive/stays/{stay.Id}", token);
            whole.Add(stay with { Revisions = read.Revisions });
        });
        return [.. whole];
    }

    private async Task<IReadOnlyList<ArchivedBook>> ListAsync(string facility, CancellationToken cancellationToken)
    {
        var stays = new List<ArchivedBook>();
        string? cursor = null;
        do
        {
            var page = await AskAsync<PageView>(
                facility,
                $"/v1/archive/stays?facility={facility}&limit={PageSize}{(cursor is null ? "" : $"&cursor={cursor}")}",
                cancellationToken);
            stays.AddRange(page.Stays);
            cursor = page.Next;
        }
        while (cursor is not null);
        return stays;
    }

    private Task<T> AskAsync<T>(string what, string path, CancellationToken cancellationToken) => _sender.SendAsync<T>(
        $"the archive, asking for {what}",
        () => new HttpRequestMessage(HttpMethod.Get, path)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", operatorToken()) },
        },
        cancellationToken);

    private sealed record PageView(IReadOnlyList<ArchivedBook> Stays, string? Next);

    private sealed record WholeView(IReadOnlyList<ArchivedBookRevision> Revisions);
}
