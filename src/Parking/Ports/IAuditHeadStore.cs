namespace Parking.Ports;

/// <summary>
/// Keeps the last signed head of the audit's chain outside the back office's database: whoever rewrites that database has not rewritten
/// this.
/// </summary>
/// <remarks>The rules of <see cref="ILiveStore"/> hold for every method.</remarks>
public interface IAuditHeadStore
{
    /// <summary>The head; null if none was kept.</summary>
    Task<string?> LoadAsync();

    /// <summary>Keeps a head in the place of <paramref name="expected"/>; null: in the place of none.</summary>
    /// <returns>False if there is another head by now; then nothing changed.</returns>
    Task<bool> ReplaceAsync(string? expected, string head);

    /// <summary>
    /// The head, for a program that runs beside the service: it reads, and changes nothing. Null if none was kept, or there is no store.
    /// </summary>
    Task<string?> PeekAsync();
}
