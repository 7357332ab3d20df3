[assembly: AssemblyFixture(typeof(Parking.Tests.ShortRuns))]

namespace Parking.Tests;

/// <summary>
/// The processes that tests start end soon. They do not count what would be worth compiling better later: that costs a start of the
/// service a quarter of its processor time. And nothing is compiled better before five seconds passed in which no method was new to the
/// process: a demo takes a sixth less for it. The tests' own processes are told the former by Directory.Build.props.
/// </summary>
public sealed class ShortRuns
{
    /// <summary>In milliseconds. The runtime reads its settings as hexadecimal numbers.</summary>
    private const int Quiet = 5_000;

    public ShortRuns()
    {
        Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
        Environment.SetEnvironmentVariable("DOTNET_TC_CallCountingDelayMs", $"{Quiet:x}");
    }
}
