using Microsoft.Extensions.Options;
using Parking.Facilities;

namespace Parking.Api.Hosting.Identity;

/// <summary>Where the gates' keys are.</summary>
internal sealed class GateKeysOptions
{
    public const string Section = "Gates";

    /// <summary>A <see cref="GateKeysFile"/>. In Development the service writes one itself.</summary>
    public string? KeysFile { get; set; }

    /// <summary>Says what is wrong with the file, so that the service does not start with gates that cannot speak to it.</summary>
    public sealed class Validator(CityDirectory city) : IValidateOptions<GateKeysOptions>
    {
        public ValidateOptionsResult Validate(string? name, GateKeysOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            foreach (var error in GateKeys.TryRead(options, city, out _))
            {
                errors.AddError($"{Section}:{nameof(KeysFile)} {error}");
            }

            return errors.Build();
        }
    }
}
