using System.Reflection;

namespace Parking.Architecture.Tests;

/// <summary>The sources of this checkout, and what was built from them.</summary>
internal static class Source
{
    /// <summary>The folder <c>src</c>.</summary>
    public static string Folder { get; } = Find();

    /// <summary>The assembly of a project of <c>src</c>.</summary>
    public static Assembly AssemblyOf(string project) => Assembly.Load(project);

    /// <summary>The names of all assemblies that an assembly needs, directly or through others, the framework's own aside.</summary>
    public static IReadOnlySet<string> Closure(string project)
    {
        var found = new HashSet<string>();
        var waiting = new Queue<Assembly>([AssemblyOf(project)]);
        while (waiting.TryDequeue(out var assembly))
        {
            foreach (var reference in assembly.GetReferencedAssemblies().Where(reference => found.Add(reference.Name!)))
            {
                if (File.Exists(Path.Combine(AppContext.BaseDirectory, $"{reference.Name}.dll")))
                {
                    waiting.Enqueue(Assembly.Load(reference));
                }
            }
        }

        return found;
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Parking.sln")))
            {
                return Path.Combine(folder.FullName, "src");
            }
        }

        throw new DirectoryNotFoundException("The tests run outside a checkout: no folder above them has Parking.sln.");
    }
}
