namespace Parking.Simulation.LiveCity;

/// <summary>Drivers who are at a gate with a page in a browser: their codes go through the camera, they go before the traffic.</summary>
/// <param name="lanes">Each gate's lane, by the gate's name.</param>
/// <param name="camera">Sees their pages.</param>
/// <param name="pulse">Counts what is decided.</param>
internal sealed class BrowserDrivers(IReadOnlyDictionary<string, LiveLane> lanes, LaneCamera camera, CityPulse pulse)
{
    private static readonly TimeSpan PassingTime = TimeSpan.FromSeconds(1.5);

    private readonly PictureShelf _pictures = new();

    /// <summary>The gates, in the city file's order.</summary>
    public GateList List() => new(
        [.. lanes.Values.Select(lane => new GateAddress(lane.Plan.Id, lane.Facility.Id, lane.Facility.Name, lane.Plan.Direction))]);

    public bool Knows(string gate) => lanes.ContainsKey(gate);

    /// <summary>The picture of a showing; null if it is not kept any more.</summary>
    public byte[]? FindPicture(string id) => _pictures.Find(id);

    /// <summary>A driver holds the page up to a gate's camera.</summary>
    /// <param name="gate">One that <see cref="Knows"/> knows.</param>
    /// <param name="code">What the page's symbol says.</param>
    /// <param name="cancellationToken">Ends the waiting and the reading.</param>
    /// <returns>What came of it, as soon as it is decided; the vehicle then passes by itself.</returns>
    public async Task<ShowAnswer> ShowAsync(string gate, string code, CancellationToken cancellationToken)
    {
        var (frames, read) = (0, "");
        string? picture = null;
        var showing = await lanes[gate].ShowAsync(
            async token =>
            {
                var photograph = await camera.ReadAsync(code, token);
                (frames, picture) = (photograph.Frames, _pictures.Add(photograph.Png));
                read = photograph.Text ?? "";
                return photograph.Text;
            },
            goesFirst: true, PassingTime, cancellationToken);
        if (showing is not null)
        {
            pulse.Note(gate, read, showing);
        }
        return new ShowAnswer
        {
            Read = showing is not null,
            Frames = frames,
            Decision = showing?.Decision,
            Reason = showing?.Reason,
            Display = showing?.Display,
            Fee = showing?.Answer?.Fee,
            Local = showing?.IsLocal ?? false,
            Picture = picture,
        };
    }
}
