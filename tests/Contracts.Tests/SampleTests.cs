using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parking.Contracts.Tests;

/// <summary>What stands on the wire, file by file. A sample that has to be changed is a change for every client.</summary>
public sealed class SampleTests
{
    public static TheoryData<string> Bodies { get; } = [.. Samples.Bodies];

    public static TheoryData<string> Invocations { get; } = [.. Samples.Invocations];

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Message_IsWrittenAsItWasRead(string name)
    {
        var message = Message(name);

        Assert.Equal(Samples.Read(name), JsonSerializer.Serialize(message, Samples.TypeOf(name), Samples.Options) + "\n");
    }

    /// <summary>So that a member can be added to a message: clients go on, and the service still finds a misspelt member.</summary>
    [Theory]
    [MemberData(nameof(Bodies))]
    public void MemberThatIsNotKnown_IsIgnoredByClients_AndRefusedByTheService(string name)
    {
        var longer = JsonNode.Parse(Samples.Read(name))!;
        longer["laterMember"] = new JsonObject { ["of"] = "a later service" };

        var read = longer.Deserialize(Samples.TypeOf(name), ContractJson.ClientOptions);

        Assert.Equal(Samples.Read(name), JsonSerializer.Serialize(read, Samples.TypeOf(name), Samples.Options) + "\n");
        Assert.Throws<JsonException>(() => longer.Deserialize(Samples.TypeOf(name), ContractJson.Options));
    }

    [Theory]
    [MemberData(nameof(Invocations))]
    public void MessageOfTheHub_IsWrittenAsItWasRead(string name)
    {
        var (invocation, arguments) = Invocation(name);

        var written = arguments.Select(argument => JsonSerializer.SerializeToElement(argument, ContractJson.Options));
        var again = invocation with { Arguments = [.. written] };
        Assert.Equal(Samples.Read(name), JsonSerializer.Serialize(again, Samples.Options) + "\n");
        Assert.Equal(Samples.PartsOf(name)[1], invocation.Target);
    }

    /// <summary>A message without a sample fails here, and so does a member that no sample has.</summary>
    [Fact]
    public void EveryMemberOfEveryMessage_StandsInASample()
    {
        var seen = new HashSet<string>();
        foreach (var message in Samples.Bodies.Select(Message).Concat(Samples.Invocations.SelectMany(name => Invocation(name).Arguments)))
        {
            Note(message, seen);
        }

        var types = Samples.Assemblies.SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => IsRecord(type) && !type.IsAbstract)
            .ToList();
        var expected = types.Select(type => type.Name).Concat(types.SelectMany(MembersOf).Select(NameOf)).Distinct();
        Assert.Equal([], expected.Except(seen).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryMethodOfTheHub_HasASample() => Assert.Equal(
        new[] { typeof(IOccupancyClient), typeof(IOccupancyHub), typeof(IDriverClient) }
            .SelectMany(side => side.GetMethods().Select(method => $"{side.Name}.{method.Name}")).Order(StringComparer.Ordinal),
        Samples.Invocations.Select(name => string.Join('.', Samples.PartsOf(name).Take(2))).Distinct().Order(StringComparer.Ordinal));

    /// <summary>No sample has every name of every enum; this file has.</summary>
    [Fact]
    public void Names_AreWrittenAsTheyWere()
    {
        var names = Samples.Assemblies.SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type.IsEnum)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .ToDictionary(type => type.Name, type => Enum.GetValues(type).Cast<object>().Select(value =>
                JsonSerializer.SerializeToElement(value, type, ContractJson.Options).GetString()));

        Assert.Equal(Samples.Read("names"), JsonSerializer.Serialize(names, Samples.Options) + "\n");
    }

    private static object Message(string name) =>
        JsonSerializer.Deserialize(Samples.Read(name), Samples.TypeOf(name), ContractJson.Options)
            ?? throw new InvalidOperationException($"{name} is null.");

    private static (HubInvocation Invocation, object[] Arguments) Invocation(string name)
    {
        var invocation = JsonSerializer.Deserialize<HubInvocation>(Samples.Read(name), ContractJson.Options)!;
        var method = Samples.TypeOf(name).GetMethod(invocation.Target)!;
        return (invocation, [.. method.GetParameters().Zip(invocation.Arguments, (parameter, argument) =>
            argument.Deserialize(parameter.ParameterType, ContractJson.Options)!)]);
    }

    /// <summary>Notes what a message has: its type, its members that are not null, and what is in them.</summary>
    private static void Note(object value, HashSet<string> seen)
    {
        if (value is IEnumerable items and not string)
        {
            foreach (var item in items.Cast<object?>().OfType<object>())
            {
                Note(item, seen);
            }
        }
        else if (IsRecord(value.GetType()))
        {
            seen.Add(value.GetType().Name);
            foreach (var member in MembersOf(value.GetType()))
            {
                if (member.GetValue(value) is { } part)
                {
                    seen.Add(NameOf(member));
                    Note(part, seen);
                }
            }
        }
    }

    private static bool IsRecord(Type type) => Samples.Assemblies.Contains(type.Assembly) && type.GetMethod("<Clone>$") is not null;

    private static PropertyInfo[] MembersOf(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    private static string NameOf(PropertyInfo member) => $"{member.DeclaringType!.Name}.{member.Name}";
}
