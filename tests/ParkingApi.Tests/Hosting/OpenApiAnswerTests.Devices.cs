using System.Buffers.Text;
using System.Net;
using System.Text;
using Parking.Codes;
using Parking.Codes.Devices;

namespace Parking.Api.Tests.Hosting;

/// <summary>The calls of devices that make codes without a network.</summary>
public sealed partial class OpenApiAnswerTests
{
    private async Task CallDevicesAsync(HttpClient citizen, HttpClient anybody)
    {
        const string devices = "/v1/me/devices", challenges = "/v1/devices/challenges", certificates = "/v1/devices/certificates";
        var key = LocalCodeSigner.Create();
        var point = $$"""{"x":"{{Base64Url.EncodeToString(key.PublicKey.X)}}","y":"{{Base64Url.EncodeToString(key.PublicKey.Y)}}"}""";
        var linked = await CallAsync(citizen, "post", devices, devices, body: $$"""{"name":"phone","key":{{point}}}""");
        await CallAsync(citizen, "post", devices, devices, HttpStatusCode.BadRequest, $$"""{"name":"","key":{{point}}}""");
        await CallAsync(citizen, "get", devices, devices);
        await CallAsync(anybody, "get", devices, devices, HttpStatusCode.Unauthorized);
        var one = $"{devices}/{linked!["id"]}";
        await CallAsync(citizen, "put", $"{devices}/{{device}}", one, body: """{"name":"my phone"}""");
        await CallAsync(citizen, "put", $"{devices}/{{device}}", $"{devices}/none", HttpStatusCode.NotFound, """{"name":"my phone"}""");

        var challenge = await CallAsync(anybody, "post", challenges, challenges, body: $$"""{"device":"{{linked["id"]}}"}""");
        await CallAsync(anybody, "post", challenges, challenges, HttpStatusCode.BadRequest, """{"device":"none"}""");
        var wanted = $$"""{"challenge":"{{challenge!["challenge"]}}","certificates":[{"plate":"沪A12345","key":{{point}}}]}""";
        var proof = Base64Url.EncodeToString(DeviceProof.Make(key, Encoding.UTF8.GetBytes(wanted)));
        await CallAsync(anybody, "post", certificates, certificates, body: $$"""{"device":"{{linked["id"]}}","proof":"{{proof}}"}""");
        await CallAsync(
            anybody, "post", certificates, certificates, HttpStatusCode.Forbidden, $$"""{"device":"{{linked["id"]}}","proof":"AAAA"}""");
        await CallAsync(citizen, "delete", $"{devices}/{{device}}", one);
    }
}
