using EdgeAgent.Core.Outbox;

namespace EdgeAgent.Storage;

/// <summary>
/// What waits in memory for a disk, in the order in which it came, within a bound. Beyond the bound it goes as in the
/// outbox: the lowest rank first, within a rank the oldest, a diagnosis with its decision; all of it counted.
/// </summary>
internal sealed class HeldItems(long maxBytes)
{
    private readonly LinkedList<(OutboxItem Item, OutboxRow Row)> _items = [];
    private readonly SortedDictionary<int, Queue<LinkedListNode<(OutboxItem Item, OutboxRow Row)>>> _byRank = [];
    private long _bytes;

    /// <summary>What had to go and was not handed over to be stored yet.</summary>
    public LossTally Lost { get; private set; } = new();

    public int Count => _items.Count;

    /// <param name="now">When it was made, as the outbox will tell it.</param>
    public void Add(OutboxItem item, DateTimeOffset now)
    {
        // As a row it weighs what it will weigh on the disk; its number is given there.
        var node = _items.AddLast((item, OutboxRow.Of(item, 0, now, synced: false) with { Seq = null }));
        var row = node.Value.Row;
        _bytes += row.Size;
        if (!_byRank.TryGetValue(row.Rank, out var queue))
        {
            _byRank.Add(row.Rank, queue = new());
        }

        queue.Enqueue(node);
        while (_bytes > maxBytes && Oldest() is { } victim)
        {
            Drop(victim);
        }
    }

    /// <summary>The oldest ones, at most so many; they stay until <see cref="Stored"/>.</summary>
    public List<OutboxItem> First(int most) => [.. _items.Take(most).Select(held => held.Item)];

    /// <summary>So many of the oldest ones are on the disk now, and the losses with them.</summary>
    public void Stored(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Remove(_items.First!);
        }

        Lost = new LossTally();
        if (_items.Count == 0)
        {
            _byRank.Clear();
        }
    }

    private LinkedListNode<(OutboxItem Item, OutboxRow Row)>? Oldest()
    {
        foreach (var queue in _byRank.Values)
        {
            while (queue.TryDequeue(out var node))
            {
                // Nodes that were removed another way are still in their queue.
                if (node.List is not null)
                {
                    return node;
                }
            }
        }

        return null;
    }

    private void Drop(LinkedListNode<(OutboxItem Item, OutboxRow Row)> node)
    {
        var dropped = node.Value.Row;
        for (var other = node.Next; dropped.Kind == OutboxRecord.DecisionKind && other is not null;)
        {
            var next = other.Next;
            if (other.Value.Row.Parent == dropped.Id)
            {
                Lost.Add(other.Value.Row.AsLoss(LossReason.Memory));
                Remove(other);
            }

            other = next;
        }

        Lost.Add(dropped.AsLoss(LossReason.Memory));
        Remove(node);
    }

    private void Remove(LinkedListNode<(OutboxItem Item, OutboxRow Row)> node)
    {
        _bytes -= node.Value.Row.Size;
        _items.Remove(node);
    }
}
