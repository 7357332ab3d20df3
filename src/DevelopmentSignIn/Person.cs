namespace Parking.DevelopmentSignIn;

/// <summary>An invented person as whom to sign in.</summary>
/// <param name="Code">The citizen code: the claim <c>sub</c>.</param>
/// <param name="Chinese">The name in Chinese: the claim <c>name</c>.</param>
/// <param name="English">The name in English.</param>
/// <param name="IsOperator">Whether the person operates the car parks: the claim <c>role</c> is <c>operator</c>.</param>
/// <param name="Description">Who this is, in both languages.</param>
internal sealed record Person(string Code, string Chinese, string English, bool IsOperator, string Description)
{
    public static readonly IReadOnlyList<Person> All =
    [
        new("demo-controller", "陈薇", "Chen Wei", IsOperator: true, "城市管理员 · City controller"),
        new("demo-driver-1", "林夏", "Lin Xia", IsOperator: false, "司机，两辆车 · Driver with two cars"),
        new("demo-driver-2", "周明", "Zhou Ming", IsOperator: false, "司机，一辆车 · Driver with one car"),
    ];
}
