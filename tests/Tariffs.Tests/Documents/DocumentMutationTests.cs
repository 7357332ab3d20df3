using System.Text;
using CsCheck;
using Parking.Tariffs.Documents;

namespace Parking.Tariffs.Tests.Documents;

public class DocumentMutationTests
{
    [Fact]
    public void Read_MutatedDocument_IsReadOrRefusedWithPlaces()
    {
        var (read, refused) = (0, 0);

        Gen.Select(Gen.OneOf(TestDocuments.Simple, TestDocuments.Everything), Gen.Int).SampleCases(
            Depth.Cases,
            (document, seed) =>
            {
                var json = DocumentMutator.Mutate(document, seed);
                try
                {
                    var written = TariffWriter.Write(TestDocuments.Read(json));
                    read++;
                    Assert.Equal(written, TariffWriter.Write(TariffReader.Read(written, TestDocuments.Calendars)));
                }
                catch (TariffDocumentException e)
                {
                    refused++;
                    Assert.NotEmpty(e.Errors);
                    Assert.All(e.Errors, error => Assert.StartsWith("$", error.Path, StringComparison.Ordinal));
                    Assert.All(e.Errors, error => Assert.True(error.Problem.Length > 0 && error.Expected.Length > 0));
                }
            },
            print: mutation => DocumentMutator.Mutate(mutation.Item1, mutation.Item2));

        // Mutations that were all refused, or all accepted, would prove little.
        Assert.InRange(read, Depth.Cases / 50, Depth.Cases / 2);
        TestContext.Current.TestOutputHelper?.WriteLine($"{read} read, {refused} refused");
    }

    [Fact]
    public void Read_TruncatedDocument_IsRefused()
    {
        var document = Encoding.UTF8.GetBytes(TestDocuments.Everything);

        for (var length = 0; length < document.Length; length += 7)
        {
            Assert.Throws<TariffDocumentException>(() => TariffReader.Read(document.AsMemory(0, length), TestDocuments.Calendars));
        }
    }
}
