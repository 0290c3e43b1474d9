"""Every constant of the package, in one place. [dev] marks what was chosen or checked by looking at cwru-dev; the rest is
textbook or was fixed before."""

SLOTS = 4
SAMPLE_RATE_HZ = 12000         # what the agent resamples to or asks for; the maths follows the parameter sample_rate
SAMPLE_RATE_RANGE_HZ = [8000, 25600]     # everything is computed from the device's rate; these ends were tried
WINDOW, HOP = 8192, 4096
GRAVITY = 9.80665

# Envelope: six overlapping bands of an eighth of the sample rate, from 1/16 to 1/2 of it. A band is taken as a slice of the
# spectrum, so its envelope comes out at a quarter of the sample rate.
BANDS, BAND_FIRST, BAND_STEP, BAND_BINS, BAND_FFT = 6, 512, 512, 1024, 2048
LINES = 1024                   # bins of an envelope spectrum
SURROUND = 24                  # bins on each side that are a line's surroundings
AVERAGE_SECONDS = 3.0          # envelope spectra are averaged over about this long

FAMILIES = ("bpfo", "bpfi", "bsf", "ftf")
MULTIPLE = (1, 1, 2, 1, 1)     # a ball's defect hits twice per spin; the fifth family is the shaft itself
HARMONICS = 3                  # lines that make a family's strength
SPEEDS = 25                    # speeds tried within the tolerance
SLIP = 0.01                    # rolling elements slide a little: added to the speed tolerance for bearing lines

PATCH_HARMONICS, PATCH_SIDE = 4, 6
CLIP_LOW, CLIP_HIGH = -4.0, 24.0           # dB that the network sees
FACTS = 28                     # other numbers that it sees
MEMBERS = 3                    # networks whose mean judges
FULL = 2.0                     # lines that it finds more likely than not to be the defect's count in full

# A defect is heard at the other bearing, too. Lines up to the first figure weaker than the machine's strongest count in full,
# beyond the second they count as nothing. [dev]
HEARD_FROM, HEARD_TO = 3.0, 6.0

STATISTICS = ("rms", "peak", "crest-factor", "kurtosis", "velocity-rms", "shaft-1x", "shaft-2x") + FAMILIES
LEVELS = 7                     # the first so many are judged on a log scale, the rest are dB already

# Score 1 is reached when a statistic stands this many dB above normal (20 log10), or SIGMAS sigma if that is more. [dev]: all
# are a factor two to ten, and were checked, not searched.
LIMIT_DB = (6.0, 9.0, 9.0, 6.0, 9.0, 12.0, 12.0, 6.0, 6.0, 6.0, 6.0)
BAND_LIMIT_DB = 6.0            # energy in one band
SIGMAS = 8.0
# Smallest sigma of a statistic: a share of its center, or dB for the line families (so that three sigma are their limit).
SIGMA_SHARE = 0.08
SIGMA_DB = 2.0

REFERENCE_SECONDS = 600.0      # slow rms level for drift watching
FREEZE = 0.5
MIN_FIT_WINDOWS = 12
THRESHOLD = {"falseAlarmRate": 1e-4, "minimum": 1.0}
ALARM = {"onDelaySeconds": 2, "offDelaySeconds": 3, "clearBelow": 0.6}
