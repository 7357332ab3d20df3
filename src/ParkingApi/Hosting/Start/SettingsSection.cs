using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace Parking.Api.Hosting.Start;

/// <summary>The settings that one part of the service reads from a section of the configuration.</summary>
/// <param name="Name">The section's name. Several parts may read from one section.</param>
/// <param name="Settings">Each setting's name, with the type that it must have and the text of its default.</param>
internal sealed record SettingsSection(string Name, IReadOnlyList<(string Setting, Type Type, string Default)> Settings)
{
    /// <summary>A section that is bound to <typeparamref name="T"/>.</summary>
    public static SettingsSection Of<T>(string name)
        where T : class, new() => Of(name, new T());

    /// <summary>A section that is bound to the type of <paramref name="defaults"/>.</summary>
    public static SettingsSection Of(string name, object defaults) =>
        new(name, [.. defaults.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(setting =>
            (setting.Name, setting.PropertyType, Convert.ToString(setting.GetValue(defaults), CultureInfo.InvariantCulture) ?? ""))]);

    /// <summary>A section of texts.</summary>
    public static SettingsSection Of(string name, params ReadOnlySpan<string> settings)
    {
        var texts = new List<(string, Type, string)>();
        foreach (var setting in settings)
        {
            texts.Add((setting, typeof(string), ""));
        }

        return new(name, texts);
    }
}

/// <summary>Registers settings.</summary>
internal static class SettingsSetup
{
    /// <summary>Binds a section to its options, which are validated at the start, and makes its settings known.</summary>
    public static OptionsBuilder<T> AddSettings<T>(this IServiceCollection services, string section)
        where T : class, new()
    {
        services.AddSingleton(SettingsSection.Of<T>(section));
        return services.AddOptions<T>().BindConfiguration(section).ValidateOnStart();
    }
}
