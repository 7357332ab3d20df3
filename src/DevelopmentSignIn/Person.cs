using Microsoft.Extensions.Configuration;

namespace Parking.DevelopmentSignIn;

/// <summary>An invented person as whom to sign in.</summary>
/// <param name="Code">The citizen code: the claim <c>sub</c>.</param>
/// <param name="Chinese">The name in Chinese: the claim <c>name</c>.</param>
/// <param name="English">The name in English; for those with duties also the claim <c>staff</c>.</param>
/// <param name="Description">Who this is, in both languages.</param>
/// <param name="Duties">What the person may do where: the claims <c>duty</c>.</param>
internal sealed record Person(string Code, string Chinese, string English, string Description, params IReadOnlyList<string> Duties)
{
    /// <summary>
    /// The people of a city. The service tells in <c>Demo:District</c> and <c>Demo:Facility</c> which parts of its city the district
    /// manager and the attendant have.
    /// </summary>
    public static IReadOnlyList<Person> Of(IConfiguration settings)
    {
        var district = $"@district:{settings["Demo:District"]}";
        return
        [
            new("demo-controller", "陈薇", "Chen Wei", "城市管理员 · City controller", "operate@city", "money@city", "admin@city"),
            new("demo-manager", "王建国", "Wang Jianguo", "区域经理 · District manager", $"operate{district}", $"money{district}"),
            new("demo-attendant", "李娜", "Li Na", "停车场值班员 · Attendant of a car park", $"operate@facility:{settings["Demo:Facility"]}"),
            new("demo-driver-1", "林夏", "Lin Xia", "司机，两辆车 · Driver with two cars"),
            new("demo-driver-2", "周明", "Zhou Ming", "司机，一辆车 · Driver with one car"),
        ];
    }
}
