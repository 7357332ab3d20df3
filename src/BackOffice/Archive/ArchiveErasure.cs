using NodaTime;
using Parking.BackOffice.Sql;
using Parking.Codes;

namespace Parking.BackOffice.Archive;

/// <summary>
/// Hides what is archived of a holder that was erased. The drain does the same once it hears of it: before anybody can
/// search an archive that was away.
/// </summary>
public sealed class ArchiveErasure(ISqlDatabase sql, IClock clock)
{
    /// <exception cref="BackOfficeUnavailableException">The archive is away. The drain will do it.</exception>
    public Task HideAsync(HolderId holder) => sql.WriteAsync(async db =>
    {
        var values = new { Holder = unchecked((long)holder.Value), Now = clock.GetCurrentInstant().ToMicroseconds() };
        await db.ExecuteAsync("UPDATE subjects SET hidden_at = @Now WHERE holder = @Holder AND hidden_at IS NULL", values);
        return await db.ExecuteAsync("UPDATE stays SET plate = NULL WHERE holder = @Holder", values);
    });
}
