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

    /// <summary>Whether screens know of an alarm that it is not normal.</summary>
    public bool Has(string id)
    {
        lock (_lock)
        {
            return _alarms.ContainsKey(id);
        }
    }

    /// <summary>Notes how all alarms are now. What is as before is no news, and what is no longer there is normal. Never waits.</summary>
    /// <param name="alarms">All that are not normal, and those that became normal, each with its facility; null for the city's.</param>
    public void Note(IReadOnlyCollection<FedAlarm> alarms)
    {
        lock (_lock)
        {
            var gone = _alarms.Keys.Except(alarms.Select(alarm => alarm.Message.Id)).Select(id => _alarms[id].Returned()).ToList();
            foreach (var alarm in alarms.Concat(gone))
            {
                var (id, isNormal) = (alarm.Message.Id, alarm.Message.State == AlarmState.Normal);
                var known = _alarms.GetValueOrDefault(id)?.Message;
                if (known == alarm.Message || (known is null && isNormal))
                {
                    continue;
                }

                _news[id] = alarm;
                if (isNormal)
                {
                    _alarms.Remove(id);
                }
                else
                {
                    _alarms[id] = alarm;
                }
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
            return (
                standing[AlarmPriority.Urgent].Count(), standing[AlarmPriority.Important].Count(), standing[AlarmPriority.Minor].Count());
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

    /// <summary>The same alarm, of which nothing is left to say.</summary>
    public FedAlarm Returned() => this with { Message = Message with { State = AlarmState.Normal, ShelvedUntil = null } };
}
