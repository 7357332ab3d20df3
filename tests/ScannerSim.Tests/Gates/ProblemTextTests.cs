using System.Net;
using System.Text;
using Parking.GateProgram;

namespace Parking.ScannerSim.Tests.Gates;

/// <summary>What a person at a terminal reads when the service refuses.</summary>
public sealed class ProblemTextTests
{
    [Theory]
    [InlineData(
        HttpStatusCode.Conflict,
        """{"type":"urn:parking:exits-are-not-locked","detail":"Nobody is shut in."}""",
        "a command: HTTP 409 urn:parking:exits-are-not-locked: Nobody is shut in.")]
    [InlineData(
        HttpStatusCode.NotFound,
        """{"type":"urn:parking:gate-not-found"}""",
        "a command: HTTP 404 urn:parking:gate-not-found. Check the name and the address.")]
    [InlineData(HttpStatusCode.BadGateway, "<html>", "a command: HTTP 502 Bad Gateway.")]
    public async Task Text_HasTheProblem_AndNoAdviceForAnother(HttpStatusCode status, string body, string text)
    {
        using var response = new HttpResponseMessage(status)
        {
            Content = new StringContent(body, Encoding.UTF8, body[0] == '{' ? "application/problem+json" : "text/html"),
        };

        Assert.Equal(text, await ProblemText.DescribeAsync(response, "a command", TestContext.Current.CancellationToken));
    }
}
