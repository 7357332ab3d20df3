using Microsoft.Extensions.Options;
using Parking.Api.Hosting;

namespace Parking.Api.Gates;

/// <summary>Settings that gates get with their feed.</summary>
internal sealed class GateOptions
{
    public const string Section = "Gates";

    /// <summary>
    /// How long a gate waits for the answer to a scan before it decides alone. Default 800 ms; whole milliseconds, 100 ms to 10 s.
    /// </summary>
    public TimeSpan AnswerBudget { get; set; } = TimeSpan.FromMilliseconds(800);

    /// <summary>
    /// The interval between a gate's heartbeats. Default 10 s; whole seconds, 1 s to 12 s: a gate counts as silent after 25 s, and one
    /// heartbeat may be lost. In a simulation up to 1 day.
    /// </summary>
    public TimeSpan HeartbeatEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long after its expiry a genuine code still lets somebody out at an exit that is cut off. Default 12 h; whole hours, 0 (not at
    /// all) to 7 days.
    /// </summary>
    public TimeSpan LateExit { get; set; } = TimeSpan.FromHours(12);

    public sealed class Validator(IHostEnvironment environment) : IValidateOptions<GateOptions>
    {
        public ValidateOptionsResult Validate(string? name, GateOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            var millisecond = TimeSpan.FromMilliseconds(1);
            var second = TimeSpan.FromSeconds(1);
            var longestHeartbeat = environment.IsSimulation() ? TimeSpan.FromDays(1) : 12 * second;
            Within(errors, nameof(AnswerBudget), options.AnswerBudget, "milliseconds", millisecond, 100 * millisecond, 10 * second);
            Within(errors, nameof(HeartbeatEvery), options.HeartbeatEvery, "seconds", second, second, longestHeartbeat);
            var hour = TimeSpan.FromHours(1);
            Within(errors, nameof(LateExit), options.LateExit, "hours", hour, TimeSpan.Zero, 168 * hour);
            return errors.Build();
        }

        private static void Within(
            ValidateOptionsResultBuilder errors,
            string setting,
            TimeSpan value,
            string unit,
            TimeSpan step,
            TimeSpan minimum,
            TimeSpan maximum)
        {
            if (value < minimum || value > maximum || value.Ticks % step.Ticks != 0)
            {
                errors.AddError($"{Section}:{setting} is {value}. It must be whole {unit}, {minimum} to {maximum}.");
            }
        }
    }
}
