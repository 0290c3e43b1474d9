using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeAgent.Inference.Language.Decoding;

/// <summary>
/// A decoder graph with the cache of one conversation. Each run takes the new tokens and the cache so far; what comes out
/// as the present goes in as the past of the next run, without a copy on our side. Not thread-safe.
/// </summary>
internal sealed class DecoderSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly DecoderShape _shape;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly OrtValue[] _inputs;
    private readonly OrtValue?[] _past;
    private readonly int _firstPast;

    // Room for the longest context, cut to length by each run.
    private readonly long[] _ids;
    private readonly long[] _ones;
    private readonly long[] _positions;

    private OrtValue? _logits;
    private float[] _widened = [];

    private DecoderSession(InferenceSession session, DecoderShape shape, int contextTokens)
    {
        (_session, _shape) = (session, shape);
        _ids = new long[contextTokens];
        _ones = new long[contextTokens];
        Array.Fill(_ones, 1);
        _positions = [.. Enumerable.Range(0, contextTokens)];
        string[] fed = shape.TakesPositions
            ? [DecoderShape.InputIds, DecoderShape.AttentionMask, DecoderShape.PositionIds]
            : [DecoderShape.InputIds, DecoderShape.AttentionMask];
        _firstPast = fed.Length;
        _inputNames = [.. fed, .. shape.Slots.Select(slot => slot.Past)];
        _outputNames = [DecoderShape.Logits, .. shape.Slots.Select(slot => slot.Present)];
        _inputs = new OrtValue[_inputNames.Length];
        _past = new OrtValue?[shape.Slots.Count];
    }

    /// <summary>Tokens in the cache.</summary>
    public int Length { get; private set; }

    public int ContextTokens => _ids.Length;

    /// <summary>Loads a graph. Does not throw for a bad one.</summary>
    public static bool TryLoad(
        string path,
        int threads,
        int contextTokens,
        [NotNullWhen(true)] out DecoderSession? decoder,
        [NotNullWhen(false)] out string? problem)
    {
        decoder = null;
        InferenceSession? session = null;
        try
        {
            using var options = SessionSettings.ForSmallGraphs();
            options.IntraOpNumThreads = threads;
            session = new InferenceSession(path, options);
            if (DecoderShape.TryFind(session, out var shape, out problem))
            {
                decoder = new DecoderSession(session, shape, contextTokens);
                return true;
            }

            problem = $"it has {problem}";
        }
        catch (OnnxRuntimeException e)
        {
            problem = $"ONNX Runtime cannot load it: {e.Message.ReplaceLineEndings(" ")}";
        }

        session?.Dispose();
        return false;
    }

    /// <summary>Forgets the conversation.</summary>
    public void Reset()
    {
        _logits?.Dispose();
        _logits = null;
        for (var i = 0; i < _past.Length; i++)
        {
            _past[i]?.Dispose();
            _past[i] = null;
        }

        Length = 0;
    }

    /// <summary>Reads more tokens: a whole prompt, or the one just chosen.</summary>
    /// <returns>
    /// The logits of what comes next, valid until the next run. The caller may overwrite them. For a whole prompt, too, they
    /// are those of its last token.
    /// </returns>
    /// <exception cref="OperationCanceledException">Cancelled in the middle of the run; the conversation is lost.</exception>
    /// <exception cref="OnnxRuntimeException">The graph failed, for instance for lack of memory; the conversation is lost.</exception>
    public Span<float> Read(IReadOnlyList<int> tokens, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(tokens.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Length + tokens.Count, ContextTokens);
        cancellationToken.ThrowIfCancellationRequested();
        for (var i = 0; i < tokens.Count; i++)
        {
            _ids[i] = tokens[i];
        }

        try
        {
            Run(tokens.Count, cancellationToken);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            Reset();
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OnnxRuntimeException)
        {
            Reset();
            throw;
        }

        Length += tokens.Count;
        return LastLogits();
    }

    public void Dispose()
    {
        Reset();
        _session.Dispose();
    }

    private void Run(int count, CancellationToken cancellationToken)
    {
        // The exception says what failed; the library's own line about it would only be a second one.
        using var run = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        // Ends a long prompt in the middle of the graph; the run then throws.
        using var stop = cancellationToken.Register(static state => ((RunOptions)state!).Terminate = true, run);
        var fed = 0;
        try
        {
            _inputs[fed++] = Over(_ids, 0, count);
            _inputs[fed++] = Over(_ones, 0, Length + count);
            if (_shape.TakesPositions)
            {
                _inputs[fed++] = Over(_positions, Length, count);
            }

            for (var i = 0; i < _past.Length; i++)
            {
                _inputs[_firstPast + i] = _past[i] ??= Empty(_shape.Slots[i]);
            }

            // The collection is left undisposed on purpose: its values live on as the next past and the logits.
            var outputs = _session.Run(run, _inputNames, _inputs, _outputNames);
            _logits?.Dispose();
            _logits = outputs[0];
            for (var i = 0; i < _past.Length; i++)
            {
                _past[i]!.Dispose();
                _past[i] = outputs[i + 1];
            }
        }
        finally
        {
            for (var i = 0; i < fed; i++)
            {
                _inputs[i].Dispose();
            }
        }
    }

    /// <summary>[1, T, V] or [1, 1, V]: either way the last V values. Half precision is widened into one buffer.</summary>
    private Span<float> LastLogits()
    {
        var vocabulary = (int)_logits!.GetTensorTypeAndShape().Shape[^1];
        if (_shape.LogitsType == TensorElementType.Float)
        {
            return _logits.GetTensorMutableDataAsSpan<float>()[^vocabulary..];
        }

        if (_widened.Length != vocabulary)
        {
            _widened = new float[vocabulary];
        }

        var halves = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Half>(_logits.GetTensorMutableRawData());
        TensorPrimitives.ConvertToSingle(halves[^vocabulary..], _widened);
        return _widened;
    }

    private OrtValue Empty(CacheSlot slot) =>
        OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, _shape.CacheType, [1, slot.Heads, 0, slot.HeadSize]);

    private static OrtValue Over(long[] memory, int start, int count) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory.AsMemory(start, count), [1, count]);
}
