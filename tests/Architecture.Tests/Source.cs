using System.Reflection;

namespace Parking.Architecture.Tests;

/// <summary>The sources of this checkout, and what was built from them.</summary>
internal static class Source
{
    /// <summary>The folder <c>src</c>.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "src");

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
}
