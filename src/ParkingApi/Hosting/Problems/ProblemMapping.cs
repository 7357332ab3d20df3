using Parking.Tariffs.Documents;

namespace Parking.Api.Hosting.Problems;

/// <summary>Puts what is wrong in a document into the form that callers get.</summary>
internal static class ProblemMapping
{
    public static Contracts.DocumentError ToContract(this DocumentError error) => new(error.Path, error.Problem, error.Expected);
}
