using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Core.Machines;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Core.Windows;

namespace EdgeAgent.Core.Detection;

/// <summary>The values of a model's <see cref="GraphParameter"/>s on one machine: named float tensors, row-major.</summary>
public sealed record GraphParameters(IReadOnlyDictionary<string, float[]> Tensors)
{
    public static GraphParameters None { get; } = new(new Dictionary<string, float[]>());

    /// <param name="problem">What the config has to say and does not.</param>
    public static bool TryCreate(
        AnomalyContract contract,
        SlotMap map,
        MachineFacts facts,
        [NotNullWhen(true)] out GraphParameters? parameters,
        [NotNullWhen(false)] out string? problem)
    {
        parameters = null;
        problem = facts.ShaftHz is null && contract.AllParameters.Any(p => p.Source == GraphParameter.ShaftSpeed)
            ? "/machine/shaft is missing; the model needs the shaft's speed" : null;
        if (problem is not null)
        {
            return false;
        }

        parameters = new GraphParameters(contract.AllParameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Source switch
        {
            GraphParameter.SampleRate => [(float)facts.SampleRateHz],
            GraphParameter.ShaftSpeed => [(float)facts.ShaftHz!.Value],
            GraphParameter.ShaftSpeedTolerance => [(float)facts.ShaftTolerance],
            _ => Orders(map, facts),
        }));
        return true;
    }

    private static float[] Orders(SlotMap map, MachineFacts facts)
    {
        var orders = new float[map.Slots.Count * 4];
        for (var slot = 0; slot < map.Slots.Count; slot++)
        {
            var channel = map.Channels[slot];
            if (channel >= 0 && facts.Bearings[channel] is { } bearing)
            {
                float[] own = [(float)bearing.Bpfo, (float)bearing.Bpfi, (float)bearing.Bsf, (float)bearing.Ftf];
                own.CopyTo(orders, slot * 4);
            }
        }

        return orders;
    }
}
