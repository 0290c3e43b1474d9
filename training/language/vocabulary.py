"""The statistics of evidence (docs/evidence.md), and what a signature's key looks at."""

MEAN, RMS = "mean", "rms"
DEFECT_LINES = ["bpfo", "bpfi", "bsf", "ftf"]
STATISTICS = [MEAN, RMS, "peak", "crest-factor", "kurtosis", "velocity-rms", "shaft-1x", "shaft-2x"] + DEFECT_LINES
OWN_WORDS = {MEAN: "", "velocity-rms": "velocity", "shaft-1x": "shaft line",
             "shaft-2x": "double shaft line"}


def words(statistic):
    """The statistic as prose names it behind a channel, without digits; nothing for the mean."""
    return OWN_WORDS.get(statistic, statistic.replace("-", " "))


def matches(key, item):
    """A role alone means the channel's level."""
    role, _, statistic = key.partition("/")
    return item.role == role and (item.statistic == statistic if statistic else item.statistic in (MEAN, RMS))


def judged(key, items):
    """The strongest deviation that the key names; of defect lines, one that dominates its channel if there is any."""
    named = [item for item in items if matches(key, item)]
    return max(named, key=lambda item: (item.dominant, abs(item.sigma)), default=None)
