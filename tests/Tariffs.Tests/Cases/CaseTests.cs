using Parking.Tariffs.Documents;

namespace Parking.Tariffs.Tests.Cases;

/// <summary>
/// Every folder here is a tariff with priced stays, worked out by hand from docs/tariffs.md. README.md says how to add one.
/// </summary>
public sealed class CaseTests
{
    /// <summary>A test for each stay. A folder that cannot be read has one test, which fails and says why.</summary>
    public static IEnumerable<TheoryDataRow<string, int>> Stays()
    {
        foreach (var path in CaseFolder.All())
        {
            int[] lines;
            try
            {
                lines = [.. CaseFolder.Read(path).Rows.Select(row => row.Line)];
            }
            catch (CaseException)
            {
                lines = [0];
            }

            var name = Path.GetFileName(path);
            foreach (var line in lines)
            {
                yield return new(name, line) { TestDisplayName = $"{name} line {line}", Label = "" };
            }
        }
    }

    /// <summary>A test for each tariff that must be refused.</summary>
    public static IEnumerable<TheoryDataRow<string>> Refusals() =>
        from path in CaseFolder.All()
        where File.Exists(Path.Combine(path, "refused.csv"))
        select new TheoryDataRow<string>(Path.GetFileName(path)) { TestDisplayName = $"{Path.GetFileName(path)} is refused", Label = "" };

    [Theory]
    [MemberData(nameof(Stays))]
    public void Stay_OfCaseFolder_HasItsStatedPrice(string name, int line)
    {
        var folder = CaseFolder.Read(Path.Combine(RepositoryFolders.Cases, name));
        CaseCheck.Run(folder, folder.Rows.Single(row => row.Line == line));
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Tariff_OfRefusedFolder_IsRefusedAtTheStatedPlaces(string name)
    {
        var folder = CaseFolder.Read(Path.Combine(RepositoryFolders.Cases, name));

        var refusal = Assert.Throws<TariffDocumentException>(() => TariffReader.Read(folder.TariffDocument(), folder.Calendars));

        Assert.Equal(folder.Refusals, refusal.Errors.Select(error => error.Path).Distinct().Order(StringComparer.Ordinal));
    }
}
