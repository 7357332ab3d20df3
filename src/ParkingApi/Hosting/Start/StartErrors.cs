using System.Reflection;
using Parking.Facilities;
using Parking.Ports;

namespace Parking.Api.Hosting.Start;

/// <summary>Says why the service cannot start: what its operators can mend, without a stack trace.</summary>
internal static class StartErrors
{
    /// <summary>The exit code of a start that failed.</summary>
    public const int ExitCode = 1;

    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    private static volatile bool _hasStarted;

    /// <summary>
    /// Whether this process is the service. If it only has the service inside it, as a test has, it gets the exception itself.
    /// </summary>
    public static bool IsOwnProcess => Assembly.GetEntryAssembly() == typeof(StartErrors).Assembly;

    /// <summary>Until the service has started, the host does not log the exception that <see cref="TryExplain"/> puts into words.</summary>
    public static void UseStartErrors(this WebApplicationBuilder builder) =>
        builder.Logging.AddFilter(HostCategory, level => level >= LogLevel.Information && (_hasStarted || !IsOwnProcess));

    /// <summary>From now on an exception is no error of the start.</summary>
    public static void EndWhenStarted(this WebApplication app) =>
        app.Lifetime.ApplicationStarted.Register(static () => _hasStarted = true);

    /// <summary>Writes the reasons to standard error.</summary>
    /// <returns>False if the exception is a defect of the service: then its stack trace is wanted.</returns>
    public static bool TryExplain(Exception exception)
    {
        if (_hasStarted || MessageOf(exception) is not { } message)
        {
            return false;
        }

        Console.Error.WriteLine(message);
        return true;
    }

    /// <summary>The message for operators; null if the exception shows a defect.</summary>
    public static string? MessageOf(Exception exception) => exception switch
    {
        InvalidSettingsException or CityFileException => exception.Message,
        StoreUnavailableException or IOException or UnauthorizedAccessException or InvalidDataException or FormatException =>
            $"The service cannot start:{Environment.NewLine}  {WithCause(exception)}",
        _ => null,
    };

    /// <summary>The innermost cause says most: which file of the configuration is broken, and where.</summary>
    private static string WithCause(Exception exception) =>
        exception is InvalidDataException && exception.GetBaseException() is var cause && cause != exception
            ? $"{exception.Message} {cause.Message}"
            : exception.Message;
}
