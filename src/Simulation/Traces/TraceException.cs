namespace Parking.Simulation.Traces;

/// <summary>A text is no trace. The message names the line and the member.</summary>
public sealed class TraceException : Exception
{
    /// <param name="line">Counted from 1.</param>
    /// <param name="member">The member that is wrong; empty if it is the line as a whole.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <param name="inner">What found it, if that was not us.</param>
    public TraceException(long line, string member, string problem, Exception? inner = null)
        : base(member.Length == 0 ? $"line {line}: {problem}" : $"line {line}: {member}: {problem}", inner)
    {
        Line = line;
        Member = member;
    }

    public long Line { get; }

    public string Member { get; }
}
