[assembly: AssemblyFixture(typeof(Parking.Tests.ShortRuns))]

namespace Parking.Tests;

/// <summary>
/// The processes that tests start end soon. They do not count what would be worth compiling better later: that costs a start of the
/// service a quarter of its processor time. The tests' own processes are told so by Directory.Build.props.
/// </summary>
public sealed class ShortRuns
{
    public ShortRuns() => Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
}
