using System.Text.Json;

namespace Parking.Simulation.Traces;

/// <summary>The names of the members in lines after the header.</summary>
internal static class TraceMembers
{
    private static readonly string[] Names = [
        "at", "gate", "type", "driver", "vehicle", "show", "signer", "code", "then", "expect", "reason", "closes", "count"];

    public static string AllNames { get; } = string.Join(", ", Names);

    /// <summary>The name at the reader's position, without allocating a string; null if it is unknown.</summary>
    public static string? Find(ref Utf8JsonReader json)
    {
        foreach (var name in Names)
        {
            if (json.ValueTextEquals(name))
            {
                return name;
            }
        }
        return null;
    }

    /// <summary>The index of a member.</summary>
    public static int IndexOf(string name) => Array.IndexOf(Names, name);

    /// <summary>The first of the members <paramref name="found"/> that is not allowed; null if all are.</summary>
    /// <param name="found">One bit for each member.</param>
    /// <param name="allowed">The allowed members besides at, gate and type.</param>
    public static string? FirstOther(int found, ReadOnlySpan<string> allowed)
    {
        for (var index = 3; index < Names.Length; index++)
        {
            if ((found & (1 << index)) != 0 && !allowed.Contains(Names[index]))
            {
                return Names[index];
            }
        }
        return null;
    }
}
