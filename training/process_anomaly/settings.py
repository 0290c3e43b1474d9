"""Every constant of the package, in one place. Slot order is the channel order of the window tensor."""

SAMPLE_RATE_HZ = 1
WINDOW = 60                    # samples of one window; the learned part sees all of them
LEVEL = 10                     # samples whose mean is the plain level that the learned part corrects
SPAN = 8.0                     # the learned part sees (sample - plain level) / sigma, clipped to +-SPAN

# role, unit, factor on the limit for a fall, factor for a rise. Temperatures drift with the day and the load: nearly off.
# The first PUMP slots are what the recordings of a pump have; their factors were chosen on these.
SLOTS = [
    ("flow", "l/min", 1.1, 1.65),
    ("pressure", "bar", 6.0, 6.0),
    ("current", "A", 3.0, 3.0),
    ("vibration", "g", 6.0, 6.0),
    ("vibration", "g", 6.0, 6.0),
    ("motor-temperature", "°C", 25.0, 10.0),
    ("fluid-temperature", "°C", 60.0, 60.0),
    ("voltage", "V", 6.0, 6.0),
    # Ovens, compressors, drives and tanks. No recording of such a machine has been measured: a controlled quantity is given
    # the factor of the current, anything else that of the pressure.
    ("pressure", "bar", 6.0, 6.0),
    ("temperature", "°C", 3.0, 3.0),
    ("temperature", "°C", 3.0, 3.0),
    ("temperature", "°C", 3.0, 3.0),
    ("power", "kW", 3.0, 3.0),
    ("speed", "rpm", 3.0, 3.0),
    ("level", "%", 6.0, 6.0),
    ("humidity", "%", 6.0, 6.0),
]
CHANNELS = len(SLOTS)
PUMP = 8

TAU = 150.0                    # seconds; time constant of the slow reference
FREEZE = 0.5                   # a channel whose own score is above this keeps its reference
LIMIT_QUANTILE = 0.999         # of |displacement| in the normal windows
LIMIT_FLOOR = 1.5              # sigma; a limit is never tighter than this
SIGMA_FLOOR = 1e-3             # of |center|; a sigma is never smaller than this
CONSTANT_SIGMA = 1e-2          # of |center|; sigma of a channel that did not move at all while fitting
SETTLED_SHARE = 0.35           # of the fault's own peak: below it the seconds to its end are counted
SETTLED_SECONDS = 40           # after so long below it, the channel counts as settled at a new level
MIN_FIT_WINDOWS = 120

THRESHOLD = {"falseAlarmRate": 1e-5, "minimum": 1.0}
ALARM = {"onDelaySeconds": 1, "offDelaySeconds": 2, "clearBelow": 0.35}
