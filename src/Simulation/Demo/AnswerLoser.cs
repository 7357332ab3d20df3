namespace Parking.Simulation.Demo;

/// <summary>A cable that lets a request through and breaks before its answer, when it is told to.</summary>
internal sealed class AnswerLoser(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private volatile bool _losesNext;

    /// <summary>Whether the answer to the next events is lost.</summary>
    public bool LosesNext { get => _losesNext; set => _losesNext = value; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (_losesNext && request.RequestUri?.OriginalString.EndsWith("/events", StringComparison.Ordinal) == true)
        {
            _losesNext = false;
            response.Dispose();
            throw new HttpRequestException("the answer got lost");
        }
        return response;
    }
}
