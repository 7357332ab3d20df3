using System.Text.Json;
using Parking.Tariffs.Documents;

namespace Parking.Tariffs.Tests.Documents;

/// <summary>What the reader of a document within another one meets: JSON that nobody has looked at.</summary>
public class DocumentNodeTests
{
    private readonly List<DocumentError> _errors = [];

    [Fact]
    public void Fields_BytesThatAreNotUtf8_AreNotedWhateverIsAskedOfThem()
    {
        using var document = JsonDocument.Parse(new ReadOnlyMemory<byte>([(byte)'"', 0xFF, 0xFE, (byte)'"']));
        var node = new DocumentNode(document.RootElement, "$.text", _errors);

        Assert.Null(node.Text("a text"));
        Assert.Null(node.WholeNumber(1, 2));
        Assert.Null(node.Boolean());
        Assert.Null(node.OneOf(("a", 1), ("b", 2)));
        Assert.False(node.IsObject("a"));
        Assert.Empty(node.Items("a list"));
        Assert.Equal(6, _errors.Count);
        Assert.All(_errors, error => Assert.Equal("$.text", error.Path));
    }

    [Theory]
    [InlineData("plain_1", "$.plain_1")]
    [InlineData("a.b", "$['a.b']")]
    [InlineData("", "$['']")]
    [InlineData("车位", "$['车位']")]
    [InlineData("01234567890123456789012345678901234567890", "$['0123456789012345678901234567890123456789…']")]
    [InlineData("012345678901234567890123456789012345678\ud83d\ude97", "$['012345678901234567890123456789012345678…']")]
    public void Reject_Field_IsAtAPathThatCanBeRead(string field, string path)
    {
        using var document = JsonDocument.Parse("{}");
        new DocumentNode(document.RootElement, "$", _errors).Reject(field, "it is wrong", "something else");

        Assert.Equal(path, Assert.Single(_errors).Path);
    }

    [Fact]
    public void IsObject_FieldThatStandsTwice_IsNotedAtItsPlace()
    {
        using var document = JsonDocument.Parse("""{"a":1,"b":2,"a":3}""");

        Assert.True(new DocumentNode(document.RootElement, "$", _errors).IsObject("a", "b"));
        Assert.Equal("$.a", Assert.Single(_errors).Path);
    }

    [Fact]
    public void IsObject_ManyUnknownFields_AreCountedAfterTheTenth()
    {
        using var document = JsonDocument.Parse($"{{{string.Join(',', Enumerable.Range(0, 15).Select(i => $"\"x{i}\":1"))}}}");

        Assert.True(new DocumentNode(document.RootElement, "$", _errors).IsObject("a"));
        Assert.Equal(11, _errors.Count);
        Assert.StartsWith("5 more fields", _errors[^1].Problem);
    }
}
