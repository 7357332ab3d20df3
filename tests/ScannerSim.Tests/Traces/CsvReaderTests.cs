using Parking.Simulation.Traces.Importing;

namespace Parking.ScannerSim.Tests.Traces;

public class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\nc,d\n", "1:a|b 2:c|d")]
    [InlineData("a,b\r\nc,d", "1:a|b 2:c|d")]
    [InlineData("a,,\n,\n", "1:a|| 2:|")]
    [InlineData("\"a,1\",\"say \"\"no\"\"\"\nb,c", "1:a,1|say \"no\" 2:b|c")]
    [InlineData("\"two\nlines\",x\ny,z", "1:two\nlines|x 3:y|z")]
    [InlineData("\n\na\n\n", "3:a")]
    [InlineData("", "")]
    public void Read_Records_AreFieldsWithTheirLine(string text, string expected)
    {
        var csv = new CsvReader(new StringReader(text), ',');
        var records = new List<string>();
        while (csv.Read() is { } fields)
        {
            records.Add($"{csv.Line}:{string.Join('|', fields)}");
        }

        Assert.Equal(expected, string.Join(' ', records));
    }

    [Theory]
    [InlineData("\"a")]
    [InlineData("\"a\"b,c")]
    public void Read_BrokenQuotes_Throws(string text) => Assert.Throws<FormatException>(() => new CsvReader(new StringReader(text), ',').Read());
}
