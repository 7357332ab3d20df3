namespace Parking.Simulation.Traces;

/// <summary>A text is not a trace. The message names the line and the member.</summary>
public sealed class TraceException : Exception
{
    /// <param name="line">The line's number, from 1.</param>
    /// <param name="member">The wrong member; empty for the line as a whole.</param>
    /// <param name="problem">The fault.</param>
    /// <param name="inner">The exception that found the fault, if it came from a library.</param>
    public TraceException(long line, string member, string problem, Exception? inner = null)
        : base(member.Length == 0 ? $"line {line}: {problem}" : $"line {line}: {member}: {problem}", inner)
    {
        Line = line;
        Member = member;
    }

    public long Line { get; }

    public string Member { get; }
}
