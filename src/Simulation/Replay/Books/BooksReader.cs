using System.Collections.Concurrent;
using System.Net.Http.Headers;
using NodaTime;
using Parking.Simulation.Clients;
using Parking.Simulation.Phones;
using Parking.Simulation.Replay.Oracle;

namespace Parking.Simulation.Replay.Books;

/// <summary>
/// Reads the service's books through its public interfaces: each driver's stays as that driver, the archive as an operator, and the
/// occupancy without a token.
/// </summary>
/// <param name="http">Has the service's address.</param>
/// <param name="tokenOf">A driver's bearer token, by the driver's name.</param>
/// <param name="operatorToken">Makes an operator's bearer token.</param>
/// <param name="time">Waits when the service asks for it.</param>
internal sealed class BooksReader(HttpClient http, Func<string, string> tokenOf, Func<string> operatorToken, TimeProvider time)
{
    /// <summary>The number of drivers whose stays are read concurrently.</summary>
    private const int Parallel = 16;

    private readonly PatientSender _sender = new(http, time);

    /// <summary>Reads all books.</summary>
    /// <param name="drivers">All drivers of the trace.</param>
    /// <param name="facilities">The ids of all facilities.</param>
    /// <param name="read">Called on any thread after each driver's stays were read.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ServiceRefusedException">The service did not answer.</exception>
    public async Task<ServiceBooks> ReadAsync(
        IReadOnlyList<ReplayDriver> drivers, IReadOnlyList<string> facilities, Action? read, CancellationToken cancellationToken)
    {
        var stays = new ConcurrentDictionary<string, IReadOnlyList<BookStay>>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken };
        await System.Threading.Tasks.Parallel.ForEachAsync(drivers, options, async (driver, token) =>
        {
            stays[driver.Name] = await ReadStaysAsync(driver, token);
            read?.Invoke();
        });
        return new(
            stays,
            await ReadOccupancyAsync(cancellationToken),
            await new ArchiveReader(http, operatorToken, time).ReadAsync(facilities, cancellationToken));
    }

    /// <summary>The published number of open stays, by facility.</summary>
    /// <exception cref="ServiceRefusedException">The service did not answer.</exception>
    public async Task<IReadOnlyDictionary<string, int?>> ReadOccupancyAsync(CancellationToken cancellationToken)
    {
        var facilities = await new PublicBoard(http, time).GetFacilitiesAsync(cancellationToken);
        return facilities.ToDictionary(facility => facility.Id, facility => facility.Occupancy?.Occupied);
    }

    private async Task<IReadOnlyList<BookStay>> ReadStaysAsync(ReplayDriver driver, CancellationToken cancellationToken)
    {
        var list = await _sender.SendAsync<StayListView>(
            $"{driver.Name}, asking for stays",
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, "/v1/me/stays");
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokenOf(driver.Name));
                return request;
            },
            cancellationToken);
        return [.. list.Open.Concat(list.Recent).Select(stay => stay.ToBook(driver))];
    }

    private sealed record StayListView(IReadOnlyList<StayView> Open, IReadOnlyList<StayView> Recent);

    private sealed record StayView(
        string Id, int? Version, StayState? State, string Facility, string? Plate, Instant? EnteredAt, Instant? ExitedAt, Instant? EndedAt,
        StayEnding Ending, StayQuote? Quote)
    {
        public BookStay ToBook(ReplayDriver driver) => new()
        {
            Id = Id,
            Version = Version,
            State = State,
            Facility = Facility,
            Vehicle = driver.SlotOf(Plate),
            EnteredAt = EnteredAt,
            ExitedAt = ExitedAt,
            EndedAt = EndedAt,
            Ending = Ending,
            Fee = Quote is null ? null : new(Quote.Currency, Quote.Total),
        };
    }
}
