using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Parking.Api.Stays;

/// <summary>The rules of stays that a city may choose.</summary>
internal sealed partial class StayOptions
{
    public const string Section = "Stays";

    /// <summary>
    /// How long after an entry another entry of the same vehicle is refused (<c>already_parked</c>). After that time it shows that an
    /// exit was missed. Default 10 minutes; 0 to 1 day.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan AntiPassback { get; set; } = TimeSpan.FromMinutes(10);

    [OptionsValidator]
    public sealed partial class Validator : IValidateOptions<StayOptions>;
}
