using System.Collections.Concurrent;
using NodaTime;
using Parking.Api.Hosting.Identity;
using Parking.BackOffice.Audit;
using Parking.BackOffice.Sql;
using Parking.Facilities;

namespace Parking.Api.Hosting.Audit;

/// <summary>
/// Enters an act into the audit before it is done, and afterwards what came of it. An outcome that cannot be entered at once waits in this
/// process: the act was done, and its caller is answered. If the process ends before that, the intent stays without an outcome.
/// </summary>
internal sealed class AuditedActs(AuditChain chain, CityDirectory city, IClock clock)
{
    /// <summary>The outcome of an act that was done.</summary>
    public const string Done = "done";

    private const int MostWaiting = 10_000;

    private readonly ConcurrentQueue<AuditAct> _waiting = [];

    /// <summary>Enters what is to be done. Nothing may be done before.</summary>
    /// <exception cref="BackOfficeUnavailableException">The audit is out of reach: then nothing is to be done.</exception>
    public async Task<BegunAct> BeginAsync(AuditSubject subject, Staff staff, GrantedDuty granted) =>
        (await BeginAsync([(subject, granted)], staff))[0];

    /// <summary>Enters several acts of one call, all or none. Nothing may be done before.</summary>
    /// <exception cref="BackOfficeUnavailableException">The audit is out of reach: then nothing is to be done.</exception>
    public async Task<IReadOnlyList<BegunAct>> BeginAsync(
        IReadOnlyList<(AuditSubject Subject, GrantedDuty Granted)> acts, Staff staff)
    {
        List<AuditAct> intents =
        [
            .. acts.Select(act => new AuditAct
            {
                At = clock.GetCurrentInstant(),
                Act = act.Subject.Act,
                Target = act.Subject.Target,
                Facility = act.Granted.Scope.Facility is { } facility ? city.FindFacility(facility)?.Id.Value : null,
                Staff = staff.Name,
                Duty = act.Granted.Duty.ToString(),
                Detail = act.Subject.Detail,
            }),
        ];
        var numbers = await chain.AppendAsync(intents);
        return [.. intents.Zip(numbers, (act, number) => new BegunAct(number, act with { Detail = null }))];
    }

    /// <summary>Enters what came of it: now, or when the audit is within reach again.</summary>
    /// <param name="begun">The act.</param>
    /// <param name="result"><c>done</c>, or the name of the problem. The same again changes nothing.</param>
    public Task EndAsync(BegunAct begun, string result) => EndAsync([(begun, result)]);

    /// <summary>Enters what came of several acts, likewise.</summary>
    public async Task EndAsync(IReadOnlyList<(BegunAct Begun, string Result)> acts)
    {
        List<AuditAct> outcomes =
        [
            .. acts.Select(act => act.Begun.Act with
            {
                At = clock.GetCurrentInstant(),
                IsOutcome = true,
                Intent = act.Begun.Sequence,
                Result = act.Result,
                Source = $"act/{act.Begun.Sequence}/{act.Result}",
            }),
        ];
        try
        {
            await chain.AppendAsync(outcomes);
        }
        catch (BackOfficeUnavailableException)
        {
            foreach (var outcome in outcomes.Take(MostWaiting - _waiting.Count))
            {
                _waiting.Enqueue(outcome);
            }
        }
    }

    /// <summary>Enters the outcomes that wait.</summary>
    /// <exception cref="BackOfficeUnavailableException">The audit is out of reach; they wait on.</exception>
    public async Task CatchUpAsync()
    {
        while (_waiting.TryPeek(out var outcome))
        {
            await chain.AppendAsync([outcome]);
            _waiting.TryDequeue(out _);
        }
    }
}

/// <summary>An act whose intent was entered.</summary>
/// <param name="Sequence">The entry.</param>
/// <param name="Act">What was entered.</param>
internal sealed record BegunAct(long Sequence, AuditAct Act);
