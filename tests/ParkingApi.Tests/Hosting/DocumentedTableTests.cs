using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Parking.Api.Hosting.Metrics;
using Parking.Api.Hosting.Start;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Hosting;

/// <summary>The tables of the documents have what the service has: no row too many, none too few.</summary>
public sealed class DocumentedTableTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    /// <summary>Settings of the framework, which the service does not read itself.</summary>
    private const string Framework = "Authentication:";

    [Fact]
    public async Task Settings_OfTheService_StandInTheTableWithTheirDefaults()
    {
        var rows = (await RowsAsync("operations.md", "| setting | default | meaning |"))
            .Where(row => !row[0].StartsWith(Framework, StringComparison.Ordinal))
            .ToDictionary(row => row[0], row => row[1]);

        var settings = shared.App.Services.GetServices<SettingsSection>()
            .SelectMany(section => section.Settings.Select(setting => (Name: $"{section.Name}:{setting.Setting}", setting.Default)))
            .ToList();

        Assert.Equal(settings.Select(setting => setting.Name).Order(), rows.Keys.Order());
        Assert.All(settings.Where(setting => setting.Default.Length > 0), setting =>
            Assert.Equal(DefaultInWords(setting.Default), rows[setting.Name]));
    }

    [Fact]
    public async Task Metrics_OfTheService_StandInTheTableWithTheirKind()
    {
        var instruments = new ConcurrentDictionary<string, string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == ParkingMetrics.MeterName)
            {
                var kind = instrument.GetType().Name.Replace("Observable", "", StringComparison.Ordinal).Split('`')[0].ToLowerInvariant();
                instruments[instrument.Name] = instrument.Unit == "s" ? $"{kind}, s" : kind;
            }
        };
        listener.Start();
        _ = shared.App.Services;

        var rows = await RowsAsync("log-events.md", "| metric | kind | tells |");

        Assert.Equal(instruments.Select(found => $"{found.Key}: {found.Value}").Order(), rows.Select(row => $"{row[0]}: {row[1]}").Order());
    }

    /// <summary>The rows below a heading, as their cells without the marks of code.</summary>
    private static async Task<IReadOnlyList<string[]>> RowsAsync(string file, string heading)
    {
        var lines = await File.ReadAllLinesAsync(
            Path.Combine(AppContext.BaseDirectory, "Documents", file), TestContext.Current.CancellationToken);
        return
        [
            .. lines.SkipWhile(line => line != heading).Skip(2).TakeWhile(line => line.StartsWith('|'))
                .Select(line => line.Replace("`", "", StringComparison.Ordinal).Trim('|').Split('|', StringSplitOptions.TrimEntries)),
        ];
    }

    private static string DefaultInWords(string text) => !text.Contains(':', StringComparison.Ordinal)
        ? text.ToLowerInvariant()
        : TimeSpan.Parse(text, CultureInfo.InvariantCulture) switch
        {
            { TotalDays: >= 2 } days => $"{days.TotalDays} days",
            { TotalHours: >= 1 } hours => $"{hours.TotalHours} h",
            { TotalMinutes: > 1 } minutes => $"{minutes.TotalMinutes} min",
            { TotalSeconds: >= 1 } seconds => $"{seconds.TotalSeconds} s",
            var shorter => $"{shorter.TotalMilliseconds} ms",
        };
}
