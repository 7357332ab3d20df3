using System.Buffers.Text;
using System.Text.Json;

namespace Parking.Simulation.Settings;

/// <summary>
/// Reads a settings file: the <c>development.json</c> that a Development service writes into its data folder, or a file with <c>tokens</c>
/// in place of <c>jwt</c>. All faults are reported at once, by field name and without values.
/// </summary>
public static class SettingsFile
{
    private const int GateKeyBytes = 32, LeastSigningKeyBytes = 32, ApiVersion = 1;

    // Only the service uses the last four.
    private static readonly string[] KnownFields =
        ["apiVersion", "jwt", "tokens", "gates", "citizenKey", "stayKey", "pagesKey", "auditKey"];

    /// <exception cref="SettingsException">The file cannot be read or is invalid.</exception>
    public static ServiceSettings Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{path}: cannot be read: {error.Message}", error);
        }
        catch (SettingsException error)
        {
            throw new SettingsException($"{path}: {error.Message}", error);
        }
    }

    /// <exception cref="SettingsException">The text is invalid.</exception>
    public static ServiceSettings Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var faults = new List<string>();
            var settings = Read(document.RootElement, faults);
            return faults.Count == 0 && settings is not null ? settings : throw new SettingsException(string.Join("; ", faults));
        }
        catch (JsonException error)
        {
            throw new SettingsException($"not JSON (line {error.LineNumber + 1})", error);
        }
    }

    private static ServiceSettings? Read(JsonElement root, List<string> faults)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            faults.Add("the file must hold one JSON object");
            return null;
        }
        faults.AddRange(
            root.EnumerateObject().Where(field => !KnownFields.Contains(field.Name)).Select(field => $"{field.Name}: unknown field"));
        if (!root.TryGetProperty("apiVersion", out var version) || version.ValueKind != JsonValueKind.Number
            || !version.TryGetInt32(out var number) || number != ApiVersion)
        {
            faults.Add($"apiVersion: must be {ApiVersion}");
        }
        var jwt = root.TryGetProperty("jwt", out var jwtElement) ? ReadJwt(jwtElement, faults) : null;
        var tokens = root.TryGetProperty("tokens", out var tokensElement) ? ReadTokens(tokensElement, faults) : null;
        if (jwtElement.ValueKind == JsonValueKind.Undefined == (tokensElement.ValueKind == JsonValueKind.Undefined))
        {
            faults.Add("jwt, tokens: give one of the two");
        }
        return new ServiceSettings(jwt, tokens, ReadGates(root, faults));
    }

    private static JwtSettings? ReadJwt(JsonElement element, List<string> faults)
    {
        var issuer = ReadText(element, "jwt", "issuer", faults);
        var audience = ReadText(element, "jwt", "audience", faults);
        var key = ReadText(element, "jwt", "signingKey", faults);
        var bytes = new byte[key?.Length ?? 0];
        if (key is not null && (!Convert.TryFromBase64String(key, bytes, out var written) || written < LeastSigningKeyBytes))
        {
            faults.Add($"jwt.signingKey: must be base64 of at least {LeastSigningKeyBytes} bytes");
            return null;
        }
        return issuer is null || audience is null || key is null ? null : new JwtSettings(issuer, audience, Convert.FromBase64String(key));
    }

    private static GivenTokens? ReadTokens(JsonElement element, List<string> faults)
    {
        var operatorToken = ReadText(element, "tokens", "operator", faults);
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("citizens", out var citizens)
            || citizens.ValueKind != JsonValueKind.Array || citizens.GetArrayLength() == 0
            || citizens.EnumerateArray().Any(token => token.ValueKind != JsonValueKind.String || token.GetString()!.Length == 0))
        {
            faults.Add("tokens.citizens: must be a list of tokens, one for each citizen");
            return null;
        }
        return operatorToken is null
            ? null
            : new GivenTokens(operatorToken, [.. citizens.EnumerateArray().Select(token => token.GetString()!)]);
    }

    private static Dictionary<string, string> ReadGates(JsonElement root, List<string> faults)
    {
        var keys = new Dictionary<string, string>();
        if (!root.TryGetProperty("gates", out var gates) || gates.ValueKind != JsonValueKind.Object)
        {
            faults.Add("gates: must be an object of gate names and keys");
            return keys;
        }
        foreach (var gate in gates.EnumerateObject())
        {
            if (gate.Value.ValueKind == JsonValueKind.String && IsGateKey(gate.Value.GetString()!))
            {
                keys[gate.Name] = gate.Value.GetString()!;
            }
            else
            {
                faults.Add($"gates.{gate.Name}: must be the gate's key, base64url of {GateKeyBytes} bytes without padding");
            }
        }
        return keys;
    }

    /// <summary>Whether a text has the form of a gate's key.</summary>
    public static bool IsGateKey(string text) =>
        !text.Contains('=', StringComparison.Ordinal) && Base64Url.IsValid(text, out var decoded) && decoded == GateKeyBytes;

    private static string? ReadText(JsonElement parent, string parentName, string name, List<string> faults)
    {
        if (parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
        {
            return text;
        }
        faults.Add($"{parentName}.{name}: must be a text");
        return null;
    }
}
