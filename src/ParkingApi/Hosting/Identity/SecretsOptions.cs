using Microsoft.Extensions.Options;

namespace Parking.Api.Hosting.Identity;

/// <summary>
/// The keys from which the ids of persons and stays are derived. Without a key, stored ids can no longer be matched; so they are never
/// rotated.
/// </summary>
internal sealed class SecretsOptions
{
    public const string Section = "Secrets";
    public const int KeySize = 32;

    /// <summary>32 random bytes in base64. Citizen codes are stored only as HMAC under this key.</summary>
    public string? CitizenKey { get; set; }

    /// <summary>32 random bytes in base64. The public ids of stays are made with this key.</summary>
    public string? StayKey { get; set; }

    /// <summary>
    /// 32 random bytes in base64. The keys that protect cookies are stored only sealed under this key. Needed where the service has pages.
    /// It may be replaced: then everybody signs in again.
    /// </summary>
    public string? PagesKey { get; set; }

    /// <summary>
    /// A private key of ECDSA on P-256 (DER) in base64. It signs where the audit's chain ends, and lies in no database. It may be
    /// replaced: keep the public half of the old one for what it has signed.
    /// </summary>
    public string? AuditKey { get; set; }

    /// <summary>Reports which of the keys is missing or wrong, never its value.</summary>
    public sealed class Validator(bool hasPages) : IValidateOptions<SecretsOptions>
    {
        public ValidateOptionsResult Validate(string? name, SecretsOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            Check(errors, $"{Section}:{nameof(CitizenKey)}", options.CitizenKey);
            Check(errors, $"{Section}:{nameof(StayKey)}", options.StayKey);
            if (hasPages)
            {
                Check(errors, $"{Section}:{nameof(PagesKey)}", options.PagesKey);
            }

            CheckAuditKey(errors, options.AuditKey);
            if (options.CitizenKey is not null && options.CitizenKey == options.StayKey)
            {
                errors.AddError($"{Section}:{nameof(CitizenKey)} and {Section}:{nameof(StayKey)} are the same. Draw one for each.");
            }

            return errors.Build();
        }

        private static void CheckAuditKey(ValidateOptionsResultBuilder errors, string? value)
        {
            const string setting = $"{Section}:{nameof(AuditKey)}";
            const string how = "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -outform DER | base64 -w0";
            if (string.IsNullOrEmpty(value))
            {
                errors.AddError($"{setting} is missing. Set it to a private key ({how}), and keep it.");
                return;
            }

            try
            {
                BackOffice.Audit.AuditKey.OfSecret(value).Dispose();
            }
            catch (FormatException)
            {
                errors.AddError($"{setting} is no private key of ECDSA on P-256 in base64 ({how} makes one).");
            }
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
