using System.Text.Json;
using Parking.Optics.Programs;

namespace Parking.Pages.Tests;

/// <summary>The service on a city like Shanghai: 4,500 facilities in 16 districts, each with an entry and an exit.</summary>
public sealed class LargeCityService : LiveService
{
    public const int Facilities = 4_500;

    private const int Districts = 16, InARow = 4, Side = 240, Spaces = 100;

    public LargeCityService()
        : this(new TemporaryFolder())
    {
    }

    private LargeCityService(TemporaryFolder folder)
        : base(folder, KeyValuePair.Create("City:File", Write(folder)))
    {
    }

    /// <summary>The facility with a number from 0 on.</summary>
    public static string Facility(int number) => $"f{number:0000}";

    /// <summary>The district of a facility: every sixteenth lies in the same one.</summary>
    public static string District(int number) => $"d{number % Districts:00}";

    private static string Write(TemporaryFolder folder)
    {
        var file = Path.Combine(folder.FullPath, "city.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            timeZone = "Asia/Shanghai",
            districts = Enumerable.Range(0, Districts).Select(number => new
            {
                id = District(number),
                name = new { zh = $"第{number}区", en = $"District {number}" },
                outline = Corners(Side * (number % InARow), Side * (number / InARow)),
            }),
            facilities = Enumerable.Range(0, Facilities).Select(number => new
            {
                id = Facility(number),
                district = District(number),
                name = new { zh = $"{number}号停车场", en = $"Car park {number}" },
                capacity = Spaces,
                position = Spot(number % Districts, number / Districts),
                gates = new[]
                {
                    new { id = $"{Facility(number)}-in", direction = "entry" },
                    new { id = $"{Facility(number)}-out", direction = "exit" },
                },
            }),
        }));
        return file;
    }

    private static int[][] Corners(int x, int y) => [[x, y], [x + Side, y], [x + Side, y + Side], [x, y + Side]];

    /// <summary>Seventeen in a row and seventeen rows have room for a district's 282 at most.</summary>
    private static int[] Spot(int district, int index) =>
        [(Side * (district % InARow)) + 13 + (13 * (index % 17)), (Side * (district / InARow)) + 13 + (13 * (index / 17))];
}
