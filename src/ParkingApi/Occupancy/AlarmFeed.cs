using Parking.Contracts;
using Parking.Facilities;

namespace Parking.Api.Occupancy;

/// <summary>The alarms as screens are told of them: all that are not normal, and what is new since the last tick.</summary>
internal sealed class AlarmFeed
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FedAlarm> _alarms = [];
    private readonly Dictionary<string, FedAlarm> _news = [];

    /// <summary>Whether there is something to tell.</summary>
    public bool HasNews
    {
        get
        {
            lock (_lock)
            {
                return _news.Count > 0;
            }
        }
    }

    /// <summary>Notes an alarm's state. The same state again is no news. Never waits.</summary>
    /// <param name="message">The state.</param>
    /// <param name="facility">The facility that it belongs to; null for the city's.</param>
    public void Note(AlarmMessage message, Facility? facility)
    {
        lock (_lock)
        {
            var known = _alarms.GetValueOrDefault(message.Id)?.Message;
            if (known == message || (known is null && message.State == AlarmState.Normal))
            {
                return;
            }

            var alarm = _news[message.Id] = new(message, facility);
            if (message.State == AlarmState.Normal)
            {
                _alarms.Remove(message.Id);
            }
            else
            {
                _alarms[message.Id] = alarm;
            }
        }
    }

    /// <summary>All alarms of a scope that are not normal.</summary>
    public IReadOnlyList<AlarmMessage> AllIn(OccupancyScope scope)
    {
        lock (_lock)
        {
            return [.. _alarms.Values.Where(alarm => alarm.Scopes.Contains(scope.Name)).Select(alarm => alarm.Message)];
        }
    }

    /// <summary>How many alarms of a district's facilities are neither normal nor shelved.</summary>
    public (int Urgent, int Important, int Minor) CountIn(DistrictId district)
    {
        lock (_lock)
        {
            var standing = _alarms.Values
                .Where(alarm => alarm.Facility?.District == district && alarm.Message.State != AlarmState.Shelved)
                .ToLookup(alarm => alarm.Message.Priority);
            return (standing[AlarmPriority.Urgent].Count(), standing[AlarmPriority.Important].Count(), standing[AlarmPriority.Minor].Count());
        }
    }

    /// <summary>Takes out what is new since the last call.</summary>
    public IReadOnlyList<FedAlarm> Take()
    {
        lock (_lock)
        {
            IReadOnlyList<FedAlarm> news = [.. _news.Values];
            _news.Clear();
            return news;
        }
    }
}

/// <summary>An alarm with the scopes in which it is heard.</summary>
internal sealed record FedAlarm(AlarmMessage Message, Facility? Facility)
{
    public string[] Scopes { get; } = Facility is null ? OccupancyScope.NamesForCity : OccupancyScope.NamesFor(Facility);
}
