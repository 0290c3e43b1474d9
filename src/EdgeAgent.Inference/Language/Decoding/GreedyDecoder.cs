using System.Numerics.Tensors;
using EdgeAgent.Inference.Language.Constraints;

namespace EdgeAgent.Inference.Language.Decoding;

/// <summary>Writes the most likely allowed token, again and again.</summary>
internal sealed class GreedyDecoder(DecoderSession session, IReadOnlySet<int> stopTokens, TimeProvider time)
{
    /// <summary>
    /// So many likely tokens are tried one by one, each for one pass over the logits. After that every token of the
    /// vocabulary is tested once, which bounds the cost where little is allowed.
    /// </summary>
    private const int TriesBeforeSweep = 16;

    /// <summary>Starts a new conversation. Cancelling is the deadline: it gives what there is so far.</summary>
    public Generation Write(IReadOnlyList<int> prompt, ITokenConstraint constraint, int maxTokens, CancellationToken cancellationToken)
    {
        session.Reset();
        var written = new List<int>();
        var one = new int[1];
        var started = time.GetTimestamp();
        var afterPrompt = started;
        GenerationEnd end;
        try
        {
            var logits = session.Read(prompt, cancellationToken);
            afterPrompt = time.GetTimestamp();
            while (true)
            {
                if (written.Count >= maxTokens || session.Length >= session.ContextTokens)
                {
                    end = GenerationEnd.Budget;
                    break;
                }

                if (!TryChoose(logits, constraint, out var token, out end))
                {
                    break;
                }

                constraint.Accept(token, logits);
                written.Add(token);
                if (constraint.IsComplete)
                {
                    end = GenerationEnd.Complete;
                    break;
                }

                one[0] = token;
                logits = session.Read(one, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            end = GenerationEnd.Deadline;
        }

        return new Generation(
            written, end, prompt.Count, time.GetElapsedTime(started, afterPrompt), time.GetElapsedTime(afterPrompt));
    }

    private bool TryChoose(Span<float> logits, ITokenConstraint constraint, out int token, out GenerationEnd end)
    {
        end = GenerationEnd.NothingAllowed;
        for (var tries = 0; ; tries++)
        {
            token = TensorPrimitives.IndexOfMax<float>(logits);
            if (float.IsNaN(logits[token]))
            {
                end = GenerationEnd.BadLogits;
                return false;
            }

            if (float.IsNegativeInfinity(logits[token]))
            {
                return false;
            }

            if (stopTokens.Contains(token))
            {
                if (constraint.MayStop)
                {
                    end = GenerationEnd.Stop;
                    return false;
                }
            }
            else if (constraint.Allows(token))
            {
                return true;
            }

            logits[token] = float.NegativeInfinity;
            if (tries == TriesBeforeSweep)
            {
                Sweep(logits, constraint);
            }
        }
    }

    private static void Sweep(Span<float> logits, ITokenConstraint constraint)
    {
        for (var token = 0; token < logits.Length; token++)
        {
            if (!float.IsNegativeInfinity(logits[token]) && !constraint.Allows(token))
            {
                logits[token] = float.NegativeInfinity;
            }
        }
    }
}
