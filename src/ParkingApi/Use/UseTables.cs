namespace Parking.Api.Use;

/// <summary>
/// Lets one table of all facilities be made at a time: it reads months of thousands of facilities, and scans go first.
/// </summary>
internal sealed class UseTables
{
    private int _isTaken;

    /// <summary>Begins a table; null while another one is made. Dispose of what it returns when the table is made, or given up.</summary>
    public IDisposable? Begin() => Interlocked.Exchange(ref _isTaken, 1) == 0 ? new Turn(this) : null;

    private sealed class Turn(UseTables tables) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref tables._isTaken, 0);
    }
}
