using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>The commands that the gate has dealt with lately, so that it deals with each once.</summary>
internal sealed class CommandMemory(TimeProvider time)
{
    /// <summary>Longer than any command waits.</summary>
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, long> _since = [];

    /// <summary>The newest of them, as many as the service takes.</summary>
    public IReadOnlyCollection<string> Newest =>
        [.. _since.OrderByDescending(one => one.Value).Select(one => one.Key).Take(GateCommandList.MaxSeen)];

    /// <returns>Whether it is new.</returns>
    public bool Add(string command)
    {
        foreach (var (old, _) in _since.Where(one => time.GetElapsedTime(one.Value) > Keep).ToList())
        {
            _since.Remove(old);
        }
        return _since.TryAdd(command, time.GetTimestamp());
    }
}
