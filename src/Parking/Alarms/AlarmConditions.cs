namespace Parking.Alarms;

/// <summary>
/// What one look found: conditions that hold, and those of which it could not know whether they do. All others do not hold.
/// </summary>
public sealed class AlarmConditions
{
    private readonly HashSet<AlarmCause> _present = [];
    private readonly HashSet<AlarmKind> _unknownKinds = [];
    private readonly HashSet<AlarmCause> _unknown = [];

    public IReadOnlyCollection<AlarmCause> Present => _present;

    public bool Holds(AlarmCause cause) => _present.Contains(cause);

    /// <summary>Whether the look could know about this cause. Of what it could not know, nothing follows.</summary>
    public bool IsKnown(AlarmCause cause) => !_unknownKinds.Contains(cause.Kind) && !_unknown.Contains(cause);

    public void Add(AlarmCause cause) => _present.Add(cause);

    public void CannotKnow(params ReadOnlySpan<AlarmKind> kinds)
    {
        foreach (var kind in kinds)
        {
            _unknownKinds.Add(kind);
            _present.RemoveWhere(cause => cause.Kind == kind);
        }
    }

    public void CannotKnow(AlarmCause cause)
    {
        _unknown.Add(cause);
        _present.Remove(cause);
    }
}
