using Microsoft.Extensions.Options;

namespace Parking.Api.Hosting.Identity;

/// <summary>The keys under which persons and stays get their names. Losing one loses who is who; they are never rotated.</summary>
internal sealed class SecretsOptions
{
    public const string Section = "Secrets";
    public const int KeySize = 32;

    /// <summary>32 random bytes in base64. Citizen codes are stored as their HMAC under it.</summary>
    public string? CitizenKey { get; set; }

    /// <summary>32 random bytes in base64. Stays get their public names with it.</summary>
    public string? StayKey { get; set; }

    /// <summary>Says which of the two is missing or wrong; never what it says.</summary>
    public sealed class Validator : IValidateOptions<SecretsOptions>
    {
        public ValidateOptionsResult Validate(string? name, SecretsOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            Check(errors, $"{Section}:{nameof(CitizenKey)}", options.CitizenKey);
            Check(errors, $"{Section}:{nameof(StayKey)}", options.StayKey);
            if (options.CitizenKey is not null && options.CitizenKey == options.StayKey)
            {
                errors.AddError($"{Section}:{nameof(CitizenKey)} and {Section}:{nameof(StayKey)} are the same. Draw one for each.");
            }

            return errors.Build();
        }

        private static void Check(ValidateOptionsResultBuilder errors, string setting, string? value)
        {
            if (string.IsNullOrEmpty(value))
            {
                errors.AddError($"{setting} is missing. Set it to 32 random bytes in base64 (openssl rand -base64 32), and keep them.");
            }
            else if (!Convert.TryFromBase64String(value, stackalloc byte[value.Length], out var size) || size != KeySize)
            {
                errors.AddError($"{setting} is not 32 bytes in base64 (openssl rand -base64 32 makes some).");
            }
        }
    }
}
