using System.Device.Gpio;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Gpio;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware.SystemDevice;

/// <summary>A line that System.Device.Gpio holds. It tells edges on a thread of its own, one by one.</summary>
internal sealed class SystemDeviceGpioLine : IGpioLine
{
    private readonly GpioController _controller;
    private readonly GpioPin _pin;
    private readonly bool _activeLow;
    private readonly string _where;
    private readonly Lock _lock = new();
    private long _count;
    private TimeSpan _first;
    private TimeSpan _last;

    private SystemDeviceGpioLine(GpioController controller, GpioPin pin, GpioLineRequest request, string where)
    {
        _controller = controller;
        _pin = pin;
        _activeLow = request.ActiveLow;
        _where = where;
        if (request.Edges is { } edges)
        {
            _controller.RegisterCallbackForPinValueChangedEvent(pin.PinNumber, Physical(edges), Heard);
        }
    }

    /// <summary>Throws as System.Device.Gpio does.</summary>
    /// <param name="driver">Belongs to the line from now on.</param>
    public static SystemDeviceGpioLine Take(GpioDriver driver, GpioLineRequest request, string chip)
    {
        var controller = new GpioController(driver);
        try
        {
            var offset = request.Offset!.Value;
            var pin = request.Drives is { } active
                ? controller.OpenPin(offset, PinMode.Output, active != request.ActiveLow)
                : controller.OpenPin(offset, request.Bias switch { GpioBias.PullUp => PinMode.InputPullUp, GpioBias.PullDown => PinMode.InputPullDown, _ => PinMode.Input });
            return new SystemDeviceGpioLine(controller, pin, request, $"{chip} line {offset}");
        }
        catch
        {
            controller.Dispose();
            throw;
        }
    }

    public ReadFault? Read(out bool active)
    {
        active = false;
        try
        {
            active = (_pin.Read() == PinValue.High) != _activeLow;
            return null;
        }
        catch (Exception e) when (SystemDeviceErrors.Knows(e))
        {
            return SystemDeviceErrors.Fault(e, _where);
        }
    }

    public ReadFault? Write(bool active)
    {
        try
        {
            _pin.Write(active != _activeLow);
            return null;
        }
        catch (Exception e) when (SystemDeviceErrors.Knows(e))
        {
            return SystemDeviceErrors.Fault(e, _where);
        }
    }

    public ReadFault? TakeEdges(out EdgeReport edges)
    {
        lock (_lock)
        {
            edges = new EdgeReport(_count, _first, _last, Math.Max(0, _count - 1), Libc.MonotonicNow());
            _count = 0;
            return null;
        }
    }

    public void Dispose() => _controller.Dispose();

    private void Heard(object sender, PinValueChangedEventArgs change)
    {
        lock (_lock)
        {
            _last = Libc.MonotonicNow();
            _first = _count++ == 0 ? _last : _first;
        }
    }

    private PinEventTypes Physical(GpioEdge edge) => edge switch
    {
        GpioEdge.Both => PinEventTypes.Rising | PinEventTypes.Falling,
        GpioEdge.Rising => _activeLow ? PinEventTypes.Falling : PinEventTypes.Rising,
        _ => _activeLow ? PinEventTypes.Rising : PinEventTypes.Falling,
    };
}
