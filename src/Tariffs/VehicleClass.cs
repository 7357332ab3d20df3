namespace Parking.Tariffs;

/// <summary>The class of a vehicle. Numbers and names are stored and public: add new ones, never change existing ones.</summary>
public enum VehicleClass
{
    /// <summary>A passenger car; the default.</summary>
    Car = 1,

    /// <summary>A motorcycle or scooter.</summary>
    Motorcycle = 2,

    /// <summary>An electric car.</summary>
    Electric = 3,

    /// <summary>A coach or bus.</summary>
    Coach = 4,
}
