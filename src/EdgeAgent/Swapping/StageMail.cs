using System.Threading.Channels;
using EdgeAgent.Pipeline;

namespace EdgeAgent.Swapping;

/// <summary>Carries orders to the detect loop and its events back. Neither waits for the other.</summary>
internal sealed class StageMail : IAsyncDisposable
{
    private readonly Channel<StageOrder> _orders = Channel.CreateUnbounded<StageOrder>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>For the swap loop, with everything else that it has to do.</summary>
    public Channel<SwapWork> Work { get; } = Channel.CreateUnbounded<SwapWork>(new UnboundedChannelOptions { SingleReader = true });

    public void Send(StageOrder order) => _orders.Writer.TryWrite(order);

    public bool TryTake(out StageOrder? order) => _orders.Reader.TryRead(out order);

    public void Tell(StageEvent happened) => Work.Writer.TryWrite(new SwapWork.Happened(happened));

    /// <summary>Frees what was sent and not taken.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_orders.Reader.TryRead(out var order))
        {
            LoadedWatch? left = order switch
            {
                StageOrder.Beside beside => beside.Loaded,
                StageOrder.Accompany accompany => accompany.Before,
                _ => null,
            };
            if (left is not null)
            {
                await left.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
