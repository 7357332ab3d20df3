using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Parking.Api.Hosting.Start;

namespace Parking.Api.Hosting.Metrics;

/// <summary>Registers the metrics, the traces, and how they leave the service.</summary>
internal static class MetricsSetup
{
    /// <summary>Where Prometheus reads the metrics, if <c>OpenTelemetry:Prometheus</c> is set.</summary>
    public const string ScrapePath = "/metrics";

    /// <summary>How the service is called where metrics and traces go. The standard variable <c>OTEL_SERVICE_NAME</c> changes it.</summary>
    private const string ServiceName = "parking";

    private const string StandardEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Always counts. Sends metrics and traces by OTLP only if <c>OpenTelemetry:Endpoint</c> or the standard variable
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a receiver, and offers metrics to Prometheus only if
    /// <c>OpenTelemetry:Prometheus</c> is set.
    /// </summary>
    public static void AddParkingMetrics(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ParkingMetrics>();
        builder.Services.AddSettings<TelemetryOptions>(TelemetryOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryOptions.Validator>();
        if (builder.Configuration["OpenTelemetry:Endpoint"] is { Length: > 0 } endpoint)
        {
            // The exporter adds /v1/traces and /v1/metrics to this address only if it reads it from the standard variable.
            builder.Configuration[StandardEndpoint] = endpoint;
        }

        var sends = !string.IsNullOrEmpty(builder.Configuration[StandardEndpoint]);
        var offers = OffersMetrics(builder.Configuration);
        if (!sends && !offers)
        {
            return;
        }

        var telemetry = builder.Services.AddOpenTelemetry();
        telemetry.ConfigureResource(resource => resource.AddService(ServiceName).AddEnvironmentVariableDetector());
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(
                ParkingMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime");
            if (offers)
            {
                metrics.AddPrometheusExporter();
            }

            if (sends)
            {
                metrics.AddOtlpExporter();
            }
        });
        if (sends)
        {
            // One span for each request, with its route and status. The framework's own has neither. A query, which may have a hub's
            // token in it, is written without its values.
            telemetry.WithTracing(traces => traces.AddAspNetCoreInstrumentation().AddOtlpExporter());
        }
    }

    /// <summary>Maps the metrics for Prometheus. They name no facility, gate or person; keep them from the public at the proxy.</summary>
    public static void MapParkingMetrics(this WebApplication app)
    {
        if (OffersMetrics(app.Configuration))
        {
            app.MapPrometheusScrapingEndpoint(ScrapePath).AllowAnonymous();
        }
    }

    private static bool OffersMetrics(IConfiguration configuration) =>
        bool.TryParse(configuration["OpenTelemetry:Prometheus"], out var isOn) && isOn;
}

/// <summary>Section <c>OpenTelemetry</c> of the configuration.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "OpenTelemetry";

    /// <summary>
    /// The address of a receiver of OTLP, such as <c>http://127.0.0.1:4317</c>, without the path of a signal. Without it nothing is sent.
    /// </summary>
    public string? Endpoint { get; set; }

    /// <summary>Whether Prometheus may read the metrics. The default is false.</summary>
    public bool Prometheus { get; set; }

    public sealed class Validator : IValidateOptions<TelemetryOptions>
    {
        public ValidateOptionsResult Validate(string? name, TelemetryOptions options) =>
            string.IsNullOrEmpty(options.Endpoint) || Uri.TryCreate(options.Endpoint, UriKind.Absolute, out _)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    $"{Section}:{nameof(Endpoint)} is '{options.Endpoint}'. It must be an address such as http://127.0.0.1:4317.");
    }
}
