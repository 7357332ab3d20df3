using System.Text;

namespace Parking.Tariffs.Documents;

/// <summary>The JSON Schema of tariff documents, for editors and for whoever makes documents by program.</summary>
/// <remarks>Whatever <see cref="TariffReader"/> accepts, the schema accepts. The reader refuses more: a schema cannot tell that two bands overlap.</remarks>
public static class TariffSchema
{
    /// <summary>The schema (draft 2020-12), as it stands in <c>docs/tariff.schema.json</c>.</summary>
    public static string Json { get; } = Encoding.UTF8.GetString(EmbeddedFile.Read("tariff.schema.json"));
}
