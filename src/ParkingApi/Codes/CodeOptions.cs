using Microsoft.Extensions.Options;
using NodaTime;
using Parking.Codes;

namespace Parking.Api.Codes;

/// <summary>How long codes and their keys live, and where the keys are kept.</summary>
internal sealed class CodeOptions
{
    public const string Section = "Codes";

    /// <summary>The time from a code's issue to its expiry. Default 60 s; whole seconds, 10 s to 10 min.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>When a phone shows the next code, after issue. Default 30 s; whole seconds, shorter than <see cref="Lifetime"/>.</summary>
    public TimeSpan Redraw { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How far a gate's clock may be off. Default 30 s; whole seconds, 0 to 5 min.</summary>
    public TimeSpan Skew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a gate may go without a fresh key set. Default 7 days; 0 to 90 days.</summary>
    public TimeSpan OfflineHorizon { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a key signs. Default 30 days; 1 hour to 10 years, and longer than <see cref="Lifetime"/>.</summary>
    public TimeSpan SigningPeriod { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Whether a key ring gets keys for the certificates of devices. Default true. Such a ring cannot be read by releases from before there
    /// were any: false until the last instance of such a release has stopped.
    /// </summary>
    public bool CertificateKeys { get; set; } = true;

    /// <summary>
    /// The file with the keys. Default <c>keyring.json</c> in the data folder. Several instances of the service share it.
    /// </summary>
    public string? KeyRingFile { get; set; }

    /// <summary>
    /// Whether a missing <see cref="KeyRingFile"/> is created. Default: only in Development and in a simulation. Elsewhere a missing file
    /// more likely means that a disk is not mounted, and a second set of keys would refuse every code of the first.
    /// </summary>
    public bool? CreateKeyRing { get; set; }

    /// <summary>The policy of the key ring.</summary>
    public KeyRingPolicy ToPolicy() => new()
    {
        OfflineHorizon = Duration.FromTimeSpan(OfflineHorizon),
        RotationPeriod = Duration.FromTimeSpan(SigningPeriod),
        HasCertificateKeys = CertificateKeys,
        CodeLifetime = new()
        {
            ValidFor = Duration.FromTimeSpan(Lifetime),
            RedrawAfter = Duration.FromTimeSpan(Redraw),
            ClockSkew = Duration.FromTimeSpan(Skew),
        },
    };

    /// <summary>Reports all errors, and which settings contradict each other.</summary>
    public sealed class Validator(KeyRingFile file) : IValidateOptions<CodeOptions>
    {
        public ValidateOptionsResult Validate(string? name, CodeOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            Within(errors, nameof(Lifetime), options.Lifetime, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10));
            Within(errors, nameof(Redraw), options.Redraw, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
            Within(errors, nameof(Skew), options.Skew, TimeSpan.Zero, TimeSpan.FromMinutes(5));
            Within(errors, nameof(OfflineHorizon), options.OfflineHorizon, TimeSpan.Zero, TimeSpan.FromDays(90));
            Within(errors, nameof(SigningPeriod), options.SigningPeriod, TimeSpan.FromHours(1), TimeSpan.FromDays(3650));
            if (options.Redraw >= options.Lifetime)
            {
                errors.AddError(
                    $"{Section}:{nameof(Redraw)} ({options.Redraw}) must be shorter than {Section}:{nameof(Lifetime)} "
                    + $"({options.Lifetime}), or a code expires in the driver's hand.");
            }

            if (!file.MayCreate(options) && !File.Exists(file.PathFor(options)))
            {
                errors.AddError(
                    $"{Section}:{nameof(KeyRingFile)} ({file.PathFor(options)}) does not exist. "
                    + $"Put the key ring there, or let the service create one with {Section}:{nameof(CreateKeyRing)}=true.");
            }
            else if (WrongIn(options) is { } wrong)
            {
                errors.AddError($"{Section}:{nameof(KeyRingFile)} ({file.PathFor(options)}) cannot be used: {wrong}");
            }

            return errors.Build();
        }

        /// <summary>What is wrong with the key ring in the file, if there is one.</summary>
        private string? WrongIn(CodeOptions options)
        {
            try
            {
                file.Read(options);
                return null;
            }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
            {
                return e.Message;
            }
        }

        private static void Within(ValidateOptionsResultBuilder errors, string setting, TimeSpan value, TimeSpan minimum, TimeSpan maximum)
        {
            if (value < minimum || value > maximum || value.Ticks % TimeSpan.TicksPerSecond != 0)
            {
                errors.AddError($"{Section}:{setting} is {value}. It must be whole seconds, {minimum} to {maximum}.");
            }
        }
    }
}
