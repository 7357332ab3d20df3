using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using Parking.Api.Hosting.Identity;
using Parking.Ports;

namespace Parking.Api.Hosting.Browsers;

/// <summary>
/// Keeps the key ring of ASP.NET's data protection in the live store, each key sealed under <c>Secrets:PagesKey</c>: whoever reads the
/// store cannot forge a cookie.
/// </summary>
/// <remarks>
/// A sealed key is a nonce (12 bytes), the key's XML in AES-256-GCM, and the tag (16 bytes). The key's name is authenticated with it.
/// </remarks>
internal sealed partial class PageKeys(IPageKeyStore store, IOptions<SecretsOptions> secrets, ILogger<PageKeys> logger)
    : IXmlRepository, IConfigureOptions<KeyManagementOptions>
{
    private const int NonceSize = 12, TagSize = 16;

    private readonly byte[] _sealingKey = Convert.FromBase64String(secrets.Value.PagesKey!);

    public void Configure(KeyManagementOptions options) => options.XmlRepository = this;

    /// <summary>A key that was sealed under another <c>Secrets:PagesKey</c> is passed over: its cookies are no longer valid.</summary>
    /// <remarks>Data protection has no asynchronous interface. It calls this at the start and then once a day.</remarks>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var elements = new List<XElement>();
        foreach (var key in store.LoadAsync().GetAwaiter().GetResult())
        {
            try
            {
                elements.Add(Open(key));
            }
            catch (Exception e) when (e is CryptographicException or XmlException or ArgumentException)
            {
                KeyPassedOver(logger, key.Name);
            }
        }

        return elements;
    }

    public void StoreElement(XElement element, string friendlyName) =>
        store.AddAsync(new(friendlyName, Seal(element, friendlyName))).GetAwaiter().GetResult();

    private byte[] Seal(XElement element, string name)
    {
        var plain = Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting));
        var content = new byte[NonceSize + plain.Length + TagSize];
        RandomNumberGenerator.Fill(content.AsSpan(0, NonceSize));
        using var aes = new AesGcm(_sealingKey, TagSize);
        aes.Encrypt(
            content.AsSpan(0, NonceSize), plain, content.AsSpan(NonceSize, plain.Length), content.AsSpan(NonceSize + plain.Length),
            Encoding.UTF8.GetBytes(name));
        return content;
    }

    private XElement Open(SealedPageKey key)
    {
        var content = key.Content.Span;
        if (content.Length < NonceSize + TagSize)
        {
            throw new CryptographicException("The sealed key is too short.");
        }

        var plain = new byte[content.Length - NonceSize - TagSize];
        using var aes = new AesGcm(_sealingKey, TagSize);
        aes.Decrypt(content[..NonceSize], content[NonceSize..^TagSize], content[^TagSize..], plain, Encoding.UTF8.GetBytes(key.Name));
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }

    [LoggerMessage(
        1020,
        LogLevel.Warning,
        "The key {Key} for cookies does not open with Secrets:PagesKey. Whoever signed in with it signs in again",
        EventName = "PageKeyPassedOver")]
    private static partial void KeyPassedOver(ILogger logger, string key);
}
