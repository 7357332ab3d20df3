namespace Parking.Simulation.Demo;

/// <summary>Simulates a connection that breaks after the request was delivered and before the answer arrives.</summary>
internal sealed class AnswerLoser(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private volatile bool _losesNext;

    /// <summary>Whether the next answer to uploaded events is lost.</summary>
    public bool LosesNext { get => _losesNext; set => _losesNext = value; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (_losesNext && request.RequestUri?.OriginalString.EndsWith("/events", StringComparison.Ordinal) == true)
        {
            _losesNext = false;
            response.Dispose();
            throw new HttpRequestException("the answer was lost");
        }
        return response;
    }
}
