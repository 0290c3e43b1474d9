using EdgeAgent.Sensors;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>Source ─▶ frames. The end of a finite source completes the frames, and with them the pipeline.</summary>
/// <param name="notices">What becomes of the sensors; null for a source that says nothing of them.</param>
internal sealed class SensorLoop(
    ISensorSource source, string name, SensorNotices? notices, PipelineChannels channels, PipelineCounters counters, ILogger<SensorLoop> log)
{
    public async Task RunAsync(CancellationToken stop)
    {
        PipelineLog.Reading(log, name);
        var told = notices?.RunAsync() ?? Task.CompletedTask;
        try
        {
            await foreach (var frame in source.ReadAsync(stop).ConfigureAwait(false))
            {
                await channels.Frames.Writer.WriteAsync(frame, stop).ConfigureAwait(false);
                counters.Frame();
            }

            PipelineLog.SourceEnded(log, counters.Frames);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // A stop: what was read is still in the channel and will be judged.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            PipelineLog.SourceFailed(log, e.Message);
        }
        finally
        {
            // Notices are items, and the end of the frames leads to the end of the items.
            await told.ConfigureAwait(false);
            channels.Frames.Writer.TryComplete();
        }
    }
}
