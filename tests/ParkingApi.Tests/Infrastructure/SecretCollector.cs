using System.Collections.Concurrent;
using System.Text;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>Secrets that must not be found in any log line or message, in any form in which they may be written there.</summary>
internal sealed class SecretCollector
{
    private readonly ConcurrentDictionary<string, byte> _secrets = new(StringComparer.Ordinal);

    /// <summary>Notes a secret, and gives it back for use.</summary>
    public string Add(string secret)
    {
        Assert.True(secret.Length >= 4, "A text this short is found anywhere.");
        _secrets.TryAdd(secret, 0);
        return secret;
    }

    /// <summary>Fails with the first text that has a secret in it.</summary>
    public void AssertNoneIn(IEnumerable<string> texts)
    {
        Assert.NotEmpty(_secrets);
        var forms = _secrets.Keys.SelectMany(FormsOf).Distinct().ToList();
        foreach (var text in texts)
        {
            Assert.DoesNotContain(forms, form => text.Contains(form, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static IEnumerable<string> FormsOf(string secret) =>
        [
            secret,
            Uri.EscapeDataString(secret),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)),
            Convert.ToHexString(Encoding.UTF8.GetBytes(secret)),
        ];
}
