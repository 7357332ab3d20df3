using Parking.Optics;
using Parking.Simulation.Cities;
using Parking.Simulation.Phones;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Demo;

/// <summary>
/// Assigns the roles: each role that this city and service allow once, enough fillers for a small facility, and visitors for the rest.
/// </summary>
internal sealed class DemoPlanner
{
    /// <summary>The number of drivers who arrive when the small facility is full.</summary>
    public const int TurnedAway = 2;

    private const float LastArrival = 11, ShortestStay = 2.5f, LongestStay = 7;

    private readonly long _seed;
    private readonly Dictionary<string, int> _free;
    private readonly List<FacilityPlan> _homes;
    private readonly List<string> _leftOut = [];

    private DemoPlanner(IReadOnlyList<FacilityPlan> facilities, IReadOnlyDictionary<string, int> free, long seed)
    {
        _seed = seed;
        _free = new Dictionary<string, int>(free);
        _homes = [.. facilities];
    }

    /// <summary>Creates the plan.</summary>
    /// <param name="city">The facilities, each with an entry and an exit.</param>
    /// <param name="free">The free spaces at the start, by facility.</param>
    /// <param name="seed">Determines everything random.</param>
    /// <param name="drivers">The number of drivers.</param>
    /// <param name="codesExpireSoon">Whether codes expire soon enough for the demo to wait for it.</param>
    /// <exception cref="SettingsException">There are too few drivers for the roles, or too few spaces for the drivers.</exception>
    public static DemoPlan Create(CityPlan city, IReadOnlyDictionary<string, int> free, long seed, int drivers, bool codesExpireSoon)
    {
        var usable = city.Facilities.Where(facility => facility.Entries.Any() && facility.Exits.Any()).ToList();
        if (usable.Count < 2)
        {
            throw new SettingsException("The demo needs two facilities that have an entry and an exit.");
        }
        return new DemoPlanner(usable, free, seed).Plan(drivers, codesExpireSoon);
    }

    private DemoPlan Plan(int count, bool codesExpireSoon)
    {
        var roles = Cast(codesExpireSoon);
        if (count < roles.Count)
        {
            throw new SettingsException($"--drivers {count}: the roles of the demo alone need {roles.Count}.");
        }
        var small = TakeSmallHouse(roles, count);
        var random = new SeededRandom(_seed, "roles", 0);
        while (roles.Count < count)
        {
            roles.Add(random.Below(3) == 0 ? DriverRole.Resident : DriverRole.Visitor);
        }
        return new DemoPlan([.. roles.Select((role, number) => PlanDriver(number, role, small, count))], small, _leftOut);
    }

    private List<DriverRole> Cast(bool codesExpireSoon)
    {
        List<DriverRole> roles =
        [
            DriverRole.CopiedCode, DriverRole.Forger, DriverRole.DamagedCode, DriverRole.WrongPicture, DriverRole.TwiceIn,
            DriverRole.TwoVehicles,
            DriverRole.LostAnswer,
        ];
        Add(
            DriverRole.LateCode, codesExpireSoon,
            "an expired code: only a service that the demo starts itself lets codes expire within seconds");
        Add(
            DriverRole.UnseenEntry, FindUnseenExit(MissedEntryPolicy.Open) is not null,
            "an exit without an entry: no facility opens for it");
        Add(
            DriverRole.AttendedExit, FindUnseenExit(MissedEntryPolicy.Assist) is not null,
            "an attended exit: no facility calls an attendant");
        return roles;

        void Add(DriverRole role, bool isPossible, string otherwise)
        {
            if (isPossible)
            {
                roles.Add(role);
            }
            else
            {
                _leftOut.Add(otherwise);
            }
        }
    }

    /// <summary>Reserves the smallest facility if it is small enough, and assigns the drivers who fill it.</summary>
    private FacilityPlan? TakeSmallHouse(List<DriverRole> roles, int count)
    {
        var small = _homes.Where(facility => facility.EnforcesCapacity && _free[facility.Id] > 0).MinBy(facility => _free[facility.Id]);
        if (small is null || _homes.Count < 3 || roles.Count + _free[small.Id] + TurnedAway > count)
        {
            _leftOut.Add(small is null
                ? "a full facility: none here enforces its capacity"
                : $"a full facility: filling {small.Id} ({_free[small.Id]} free) takes --drivers "
                    + $"{roles.Count + _free[small.Id] + TurnedAway} or more");
            return null;
        }
        roles.AddRange(Enumerable.Repeat(DriverRole.Filler, _free[small.Id]));
        roles.AddRange(Enumerable.Repeat(DriverRole.TurnedAway, TurnedAway));
        _homes.Remove(small);
        return small;
    }

    private DriverPlan PlanDriver(int number, DriverRole role, FacilityPlan? small, int count)
    {
        var random = new SeededRandom(_seed, "driver", number);
        var home = role switch
        {
            DriverRole.Filler or DriverRole.TurnedAway => small!,
            DriverRole.UnseenEntry => FindUnseenExit(MissedEntryPolicy.Open)!,
            DriverRole.AttendedExit => FindUnseenExit(MissedEntryPolicy.Assist)!,
            _ => TakePlace(random, except: null),
        };
        return new DriverPlan
        {
            Number = number,
            Role = role,
            Vehicles = PlanVehicles(number, role, random),
            Home = home,
            Other = role == DriverRole.TwoVehicles ? TakePlace(random, except: home) : PickOther(random, home),
            ArrivesAfter = TimeSpan.FromSeconds(ArrivalOf(number, role, count, random)),
            StaysFor = TimeSpan.FromSeconds(random.Between(ShortestStay, LongestStay)),
            IsHardToSee = random.Below(6) == 0,
        };
    }

    private static float ArrivalOf(int number, DriverRole role, int count, SeededRandom random) => role switch
    {
        DriverRole.LateCode => 0,
        DriverRole.Filler or DriverRole.TurnedAway => random.Between(0, 3),
        _ => Math.Clamp((LastArrival * number / count) + random.Between(-1, 1), 0, LastArrival),
    };

    private static List<Vehicle> PlanVehicles(int number, DriverRole role, SeededRandom random)
    {
        var wanted = role switch
        {
            DriverRole.TwoVehicles => 2,
            DriverRole.TwiceIn or DriverRole.LateCode => 1,
            _ => random.Below(4) == 0 ? 0 : 1,
        };
        return [.. Enumerable.Range(0, wanted).Select(vehicle => CreateVehicle((2 * number) + vehicle, random))];
    }

    /// <summary>Plates of Shanghai: a letter and five digits; two letters for an electric vehicle. Every plate is different.</summary>
    private static Vehicle CreateVehicle(int serial, SeededRandom random)
    {
        var letter = "ABCDEFGH"[random.Below(8)];
        var digits = 10_000 + (serial * 89) + random.Below(89);
        return random.Below(3) == 0
            ? new Vehicle($"沪{letter}D{digits}", VehicleClass.Electric)
            : new Vehicle($"沪{letter}{digits}", VehicleClass.Car);
    }

    /// <summary>Chooses a facility for one more vehicle and takes one of its free spaces.</summary>
    private FacilityPlan TakePlace(SeededRandom random, FacilityPlan? except)
    {
        var open = _homes.Where(facility => facility != except && (!facility.EnforcesCapacity || _free[facility.Id] > 0)).ToList();
        if (open.Count == 0)
        {
            throw new SettingsException("There are fewer free places than drivers: use fewer --drivers.");
        }
        var chosen = open[random.Below(open.Count)];
        _free[chosen.Id]--;
        return chosen;
    }

    /// <summary>Chooses a facility where the driver will be refused. This takes no space.</summary>
    private FacilityPlan PickOther(SeededRandom random, FacilityPlan home)
    {
        var others = _homes.Where(facility => facility != home).ToList();
        return others[random.Below(others.Count)];
    }

    private FacilityPlan? FindUnseenExit(MissedEntryPolicy policy) => _homes.FirstOrDefault(facility => facility.MissedEntry == policy);
}
