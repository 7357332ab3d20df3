using Parking.Tariffs.Calendars;

namespace Parking.Tariffs.Documents;

/// <summary>Reads a tariff document, or says everything that is wrong with it.</summary>
public static class TariffReader
{
    /// <summary>A larger document is refused unread.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Reads a document.</summary>
    /// <param name="content">UTF-8 JSON.</param>
    /// <param name="calendars">The holiday calendars it may name.</param>
    /// <exception cref="TariffDocumentException">It is too large, not JSON, or not a tariff.</exception>
    public static Tariff Read(ReadOnlyMemory<byte> content, HolidayCalendars calendars) => throw new NotImplementedException();
}
