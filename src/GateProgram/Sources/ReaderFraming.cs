using System.Text;
using Parking.GateProtocol;

namespace Parking.GateProgram.Sources;

/// <summary>
/// Cuts what a reader types into reads. A read ends with CR, LF, both, a tab, ETX or EOT, with the STX of the next one, or, for a reader
/// that types nothing behind a code, with a pause.
/// </summary>
/// <remarks>Not thread-safe. It keeps at most one character more than a symbol can have: such a read is too long to be one.</remarks>
public sealed class ReaderFraming
{
    /// <summary>How long nothing is typed behind a whole code until the read has ended.</summary>
    public static readonly TimeSpan PauseAfterCode = TimeSpan.FromMilliseconds(100);

    /// <summary>The same for anything else: somebody may be typing it.</summary>
    public static readonly TimeSpan PauseAfterOther = TimeSpan.FromSeconds(2);

    private const char StartOfText = '\u0002', EndOfText = '\u0003', EndOfTransmission = '\u0004', Delete = '\u007F';

    private readonly StringBuilder _typed = new();
    private bool? _isCode;

    /// <summary>The pause that ends what has been typed; null if nothing has been typed.</summary>
    public TimeSpan? Pause =>
        _typed.Length == 0 ? null : (_isCode ??= ReaderText.Find(_typed.ToString()).IsWhole) ? PauseAfterCode : PauseAfterOther;

    /// <summary>Takes in one character.</summary>
    /// <returns>The read that has ended with it; null if none has.</returns>
    public ReaderCode? Put(char typed)
    {
        switch (typed)
        {
            case '\r' or '\n' or '\t' or StartOfText or EndOfText or EndOfTransmission:
                return End();
            case '\b' or Delete:
                _typed.Length = Math.Max(0, _typed.Length - 1);
                break;
            case var _ when !char.IsControl(typed) && _typed.Length <= ReportedScan.MaxCodeLength:
                _typed.Append(typed);
                break;
        }
        _isCode = null;
        return null;
    }

    /// <summary>Nothing more is typed, or not for the <see cref="Pause"/>.</summary>
    /// <returns>The read that has ended; null if there was nothing in it.</returns>
    public ReaderCode? End()
    {
        var code = ReaderText.Find(_typed.ToString());
        _typed.Clear();
        _isCode = null;
        return code.Text.Length > 0 ? code : null;
    }
}
