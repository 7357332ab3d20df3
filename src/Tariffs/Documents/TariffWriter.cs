namespace Parking.Tariffs.Documents;

/// <summary>Writes a tariff as a document: the same document that <see cref="TariffReader"/> reads.</summary>
public static class TariffWriter
{
    /// <summary>The document as UTF-8 JSON, without what has its default.</summary>
    public static byte[] Write(Tariff tariff) => throw new NotImplementedException();
}
