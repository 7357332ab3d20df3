namespace Parking.Contracts;

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
