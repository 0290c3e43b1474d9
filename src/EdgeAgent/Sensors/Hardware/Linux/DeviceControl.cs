namespace EdgeAgent.Sensors.Hardware.Linux;

/// <summary>The system's ioctl. Below zero the error is where <see cref="System.Runtime.InteropServices.Marshal.GetLastPInvokeError"/> finds it.</summary>
/// <param name="argument">A number or a pointer, as the request says.</param>
internal delegate int DeviceControl(int file, nuint request, nint argument);
