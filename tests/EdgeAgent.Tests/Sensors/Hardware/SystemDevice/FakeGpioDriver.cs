using System.Device.Gpio;

namespace EdgeAgent.Tests.Sensors.Hardware.SystemDevice;

/// <summary>A driver of System.Device.Gpio whose lines are in memory.</summary>
internal sealed class FakeGpioDriver(int lines) : GpioDriver
{
    private readonly Dictionary<int, PinMode> _modes = [];
    private readonly Dictionary<int, (PinEventTypes Types, PinChangeEventHandler Handler)> _listeners = [];
    private readonly bool[] _high = new bool[lines];

    protected override int PinCount => lines;

    public bool IsHigh(int pin) => _high[pin];

    public PinMode? ModeOf(int pin) => _modes.TryGetValue(pin, out var mode) ? mode : null;

    /// <summary>Somebody outside changes the voltage.</summary>
    public void Set(int pin, bool high)
    {
        var type = high ? PinEventTypes.Rising : PinEventTypes.Falling;
        var changed = _high[pin] != high;
        _high[pin] = high;
        if (changed && _listeners.TryGetValue(pin, out var listener) && listener.Types.HasFlag(type))
        {
            listener.Handler(this, new PinValueChangedEventArgs(type, pin));
        }
    }

    protected override void OpenPin(int pinNumber) => _modes.Add(pinNumber, PinMode.Input);

    protected override void ClosePin(int pinNumber)
    {
        _modes.Remove(pinNumber);
        _listeners.Remove(pinNumber);
    }

    protected override void SetPinMode(int pinNumber, PinMode mode) => _modes[pinNumber] = mode;

    protected override PinMode GetPinMode(int pinNumber) => _modes[pinNumber];

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => true;

    protected override PinValue Read(int pinNumber) => _high[pinNumber];

    protected override void Write(int pinNumber, PinValue value) => _high[pinNumber] = value == PinValue.High;

    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) => throw new NotSupportedException();

    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback) =>
        _listeners[pinNumber] = (eventTypes, callback);

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback) => _listeners.Remove(pinNumber);
}
