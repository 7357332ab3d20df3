using System.Text;

namespace Parking.Tariffs.Documents;

/// <summary>The JSON Schema of tariff documents, for editors and programs.</summary>
/// <remarks>
/// The schema accepts every document that <see cref="TariffReader"/> accepts. The reader refuses more: a schema cannot detect that two
/// bands overlap.
/// </remarks>
public static class TariffSchema
{
    /// <summary>The schema (draft 2020-12), equal to <c>docs/tariff.schema.json</c>.</summary>
    public static string Json { get; } = Encoding.UTF8.GetString(EmbeddedFile.Read("tariff.schema.json"));
}
