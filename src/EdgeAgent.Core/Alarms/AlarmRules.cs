namespace EdgeAgent.Core.Alarms;

/// <summary>How alarms of one device are handled.</summary>
/// <param name="Latch">A machine alarm is held until somebody resets it.</param>
/// <param name="Burst">An alarm this soon after another one belongs to the same burst; zero = bursts are not told.</param>
/// <param name="FloodAlarms">More sensor alarms than this within <paramref name="FloodWindow"/> are suppressed; 0 = never.</param>
/// <param name="LongestShelf">Nobody can shelve for longer.</param>
/// <param name="ShelveCritical">Critical machine alarms can be shelved.</param>
public sealed record AlarmRules(
    bool Latch, TimeSpan Burst, int FloodAlarms, TimeSpan FloodWindow, TimeSpan LongestShelf, bool ShelveCritical);
