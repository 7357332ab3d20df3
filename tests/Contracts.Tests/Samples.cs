using System.Reflection;
using System.Text.Json;
using Parking.GateProtocol;

namespace Parking.Contracts.Tests;

/// <summary>
/// The committed messages, one file each. A file's name begins with the type of its message, and goes on with what is special about it:
/// <c>rest/StayAnswer.revised.json</c>. A message of the hub begins with the interface and the method: its file has the whole record of
/// SignalR's JSON protocol. A line of NDJSON has a file of its own, too.
/// </summary>
/// <remarks>
/// Files have the members, names, order and values that go over the wire, with line breaks and spaces between them that do not, so that a
/// change is seen line by line.
/// </remarks>
internal static class Samples
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Samples");

    /// <summary>Where messages are declared.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } = [typeof(ContractJson).Assembly, typeof(GateProtocolJson).Assembly];

    /// <summary>How a sample is written: as the service writes, with line breaks.</summary>
    public static JsonSerializerOptions Options { get; } = Indented(ContractJson.Options);

    /// <summary>All messages with a body of their own, as names for <see cref="Read"/>.</summary>
    public static IEnumerable<string> Bodies => [.. NamesIn("rest"), .. NamesIn("gate")];

    /// <summary>All messages of the hub.</summary>
    public static IEnumerable<string> Invocations => NamesIn("hub");

    /// <param name="name">The folder and the file's name, without its ending.</param>
    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name + ".json"));

    /// <summary>The first part of a name is a type.</summary>
    public static Type TypeOf(string name) => Assert.Single(
        Assemblies.SelectMany(assembly => assembly.GetExportedTypes()), type => type.Name == PartsOf(name)[0]);

    /// <summary>Folder and ending left out, what stands between the dots.</summary>
    public static string[] PartsOf(string name) => name.Split('/')[1].Split('.');

    /// <summary>Other options, with the line breaks of a sample.</summary>
    public static JsonSerializerOptions Indented(JsonSerializerOptions options) =>
        new(options) { WriteIndented = true, IndentSize = 2, NewLine = "\n" };

    private static IEnumerable<string> NamesIn(string folder) => Directory.GetFiles(Path.Combine(Folder, folder), "*.json")
        .Select(path => $"{folder}/{Path.GetFileNameWithoutExtension(path)}").Order(StringComparer.Ordinal);
}

/// <summary>An invocation as SignalR's JSON protocol writes it, with arguments that are still to be understood.</summary>
internal sealed record HubInvocation(int Type, string? InvocationId, string Target, IReadOnlyList<JsonElement> Arguments);
