namespace Parking.Contracts;

/// <summary>What the list of the vehicles of the citizen who is calling is to be.</summary>
public sealed record VehicleListRequest
{
    /// <summary>At most 8, each plate once.</summary>
    public required IReadOnlyList<Vehicle> Vehicles { get; init; }
}

/// <summary>The vehicles of the citizen who is calling.</summary>
public sealed record VehicleListAnswer
{
    /// <summary>At most 8, each plate once.</summary>
    public required IReadOnlyList<Vehicle> Vehicles { get; init; }
}

/// <summary>One vehicle.</summary>
public sealed record Vehicle
{
    /// <summary>
    /// The plate: 1 to 12 letters A–Z, digits and Chinese characters. Spaces, hyphens and dots are dropped, letters made capitals, and
    /// full-width letters and digits made narrow.
    /// </summary>
    public required string Plate { get; init; }

    /// <summary>What kind it is.</summary>
    public required VehicleClass Class { get; init; }

    /// <summary>
    /// In a request: the plate under which this vehicle is listed now, if that is wrong. It stays the same vehicle, and a stay that is open
    /// ends as usual. If no vehicle is listed under it, nothing is changed, unless this correction was made before. Left out, and in
    /// answers, if nothing is corrected.
    /// </summary>
    public string? Corrects { get; init; }

    /// <summary>
    /// In an answer: its shares, at most 4: people who share it, and invitations that nobody has accepted yet. Left out if there are none.
    /// A request may have it as it was answered; it changes nothing.
    /// </summary>
    public IReadOnlyList<VehicleShare>? Shares { get; init; }

    /// <summary>What it is, never whose.</summary>
    public override string ToString() => "vehicle";
}

/// <summary>What kind of vehicle it is. Numbers and names are stored and public: they may only ever be added to.</summary>
public enum VehicleClass
{
    /// <summary>A passenger car; what is assumed where nothing is known.</summary>
    Car = 1,

    /// <summary>A motorcycle or scooter.</summary>
    Motorcycle = 2,

    /// <summary>An electric car.</summary>
    Electric = 3,

    /// <summary>A coach or bus.</summary>
    Coach = 4,
}
