using System.Reflection;
using System.Runtime.InteropServices;

namespace Parking.Simulation.Service;

/// <summary>Where the service lies that was built together with this program.</summary>
internal static class ServiceLocation
{
    /// <summary>The service's assembly. The build wrote down its way from the program's own (see ScannerSim.csproj).</summary>
    /// <exception cref="ServiceStartException">It is not there.</exception>
    public static string FindAssembly()
    {
        var relative = Assembly.GetEntryAssembly()?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(attribute => attribute.Key == "ServiceAssembly")?.Value;
        var path = relative is null ? null : Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, relative));
        return path is not null && File.Exists(path)
            ? path
            : throw new ServiceStartException(
                "The built service is not where the simulator's build left it. Run the demo from the repository "
                + "(dotnet run --project src/ScannerSim -- demo), or give a running service: --api URL --settings FILE.");
    }

    /// <summary>The <c>dotnet</c> program of the very runtime that runs the simulator: it need not be on the PATH.</summary>
    public static string FindDotnet()
    {
        // <root>/shared/Microsoft.NETCore.App/<version>/
        var root = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory()).Parent?.Parent?.Parent;
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        return root is not null && File.Exists(Path.Combine(root.FullName, name)) ? Path.Combine(root.FullName, name) : name;
    }
}
