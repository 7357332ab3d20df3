namespace Parking.Api.Holders;

/// <summary>What kind of vehicle it is. Numbers and names are stored and public: they may only ever be added to.</summary>
internal enum VehicleClass
{
    Car = 1,
    Motorcycle = 2,
    Electric = 3,
    Coach = 4,
}
