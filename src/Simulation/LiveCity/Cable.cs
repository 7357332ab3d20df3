namespace Parking.Simulation.LiveCity;

/// <summary>A gate's cable to the service, which can be cut and mended.</summary>
internal sealed class Cable(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private volatile bool _isCut;

    public bool IsCut { get => _isCut; set => _isCut = value; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _isCut
            ? Task.FromException<HttpResponseMessage>(new HttpRequestException("the cable is cut"))
            : base.SendAsync(request, cancellationToken);
}
