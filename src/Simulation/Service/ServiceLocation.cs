using System.Reflection;
using System.Runtime.InteropServices;

namespace Parking.Simulation.Service;

/// <summary>Finds the service that was built together with this program.</summary>
internal static class ServiceLocation
{
    /// <summary>The path of the service's assembly. The build stored its path relative to this program (see ScannerSim.csproj).</summary>
    /// <exception cref="ServiceStartException">The file does not exist.</exception>
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

    /// <summary>The path of the <c>dotnet</c> program of the current runtime. It need not be on the PATH.</summary>
    public static string FindDotnet()
    {
        // <root>/shared/Microsoft.NETCore.App/<version>/
        var root = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory()).Parent?.Parent?.Parent;
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        return root is not null && File.Exists(Path.Combine(root.FullName, name)) ? Path.Combine(root.FullName, name) : name;
    }
}
