"""The words for a rolling bearing's faults, in the tables of `phrases.py`. Keys are those of signatures."""

TITLES = {
    "bearing-outer-race": ["a defect on the outer race", "a damaged outer race"],
    "bearing-inner-race": ["a defect on the inner race", "a damaged inner race"],
    "bearing-rolling-element": ["a defect on a rolling element", "a damaged rolling element"],
    "bearing-cage": ["a damaged cage", "a worn cage"],
    "bearing-unspecific": ["bearing damage on an unknown element", "bearing damage"],
    "rotor-imbalance": ["an imbalance of the rotor", "rotor imbalance"],
    "misalignment": ["a misaligned shaft", "misalignment of the shaft"],
    "looseness": ["mechanical looseness", "a loose part"],
    "lubrication-poor": ["poor lubrication", "a lack of lubricant"],
}

KEY_WORDS = {
    "vibration/bpfo": "outer race line", "vibration/bpfi": "inner race line", "vibration/bsf": "rolling element line",
    "vibration/ftf": "cage line", "vibration/shaft-1x": "shaft line",
    "vibration/shaft-2x": "double shaft line", "vibration/kurtosis": "kurtosis",
    "vibration/crest-factor": "crest factor", "vibration/velocity-rms": "vibration velocity", "vibration": "vibration level",
    "motor-temperature": "motor temperature channel",
}

LINE, LEVEL, KURTOSIS = "vibration/{}", "vibration", "vibration/kurtosis"
ONCE, TWICE, CREST, VELOCITY = "vibration/shaft-1x", "vibration/shaft-2x", "vibration/crest-factor", "vibration/velocity-rms"


def line_of(part, line, cause):
    """Sentences for a part whose own line leads the envelope spectrum."""
    return [
        ([(LINE.format(line), "dominant"), (KURTOSIS, "up")],
         [f"The line of the {part} leads the envelope spectrum and the signal is full of impacts, so {cause}.",
          f"Impacts come at the rate of the {part}, so {cause}."]),
        ([(LINE.format(line), "dominant")],
         [f"The line of the {part} leads the envelope spectrum, so {cause}."]),
        ([], [f"The pattern fits impacts at the {part}."]),
    ]


MECHANISM = {
    "bearing-outer-race": line_of("outer race", "bpfo", "each rolling element strikes a flaw there"),
    "bearing-inner-race": line_of("inner race", "bpfi", "a flaw passes the load at each turn"),
    "bearing-rolling-element": line_of("rolling element", "bsf", "one element strikes the races as it spins"),
    "bearing-cage": line_of("cage", "ftf", "the elements no longer keep their distance"),
    "bearing-unspecific": [
        ([(KURTOSIS, "up"), (LEVEL, "up")],
         ["The vibration is strong and full of impacts, as with a damaged bearing, but no part's line leads.",
          "Impacts point to a damaged bearing, and no line tells which part it is."]),
        ([(KURTOSIS, "up")], ["Impacts point to a damaged bearing, and no line tells which part it is."]),
        ([], ["More vibration fits a damaged bearing, and no line tells which part it is."]),
    ],
    "rotor-imbalance": [
        ([(ONCE, "up"), (KURTOSIS, "steady")],
         ["The machine shakes once per turn and without impacts, so a rotating part is out of balance."]),
        ([(ONCE, "up")], ["The machine shakes once per turn, so a rotating part is out of balance."]),
        ([(VELOCITY, "up")], ["A higher vibration velocity fits a rotating part out of balance."]),
        ([], ["More vibration at low frequencies fits a rotating part out of balance."]),
    ],
    "misalignment": [
        ([(TWICE, "up"), (KURTOSIS, "steady")],
         ["The machine shakes twice per turn and without impacts, so two shafts are not in line."]),
        ([(TWICE, "up")], ["The machine shakes twice per turn, so two shafts are not in line."]),
        ([], ["More vibration at low frequencies fits shafts that are not in line."]),
    ],
    "looseness": [
        ([(ONCE, "up"), (TWICE, "up")],
         ["The machine shakes once and twice per turn, so something knocks in its seat.",
          "Both lines of the shaft rose, as when a bolt or a seat is loose."]),
        ([(CREST, "up")], ["Hard knocks fit a loose bolt or seat."]),
        ([], ["More vibration at the rate of the shaft fits a loose bolt or seat."]),
    ],
    "lubrication-poor": [
        ([(LEVEL, "up"), ("motor-temperature", "up")],
         ["More noise and more heat without a defect line mean that metal touches metal."]),
        ([(LEVEL, "up"), (KURTOSIS, "steady")],
         ["The bearing is noisier but without impacts, as when the lubricant is short."]),
        ([("motor-temperature", "up")], ["More heat fits a bearing that lacks lubricant."]),
        ([], ["More noise fits a bearing that lacks lubricant."]),
    ],
}


def not_its_line(part, line):
    """Why it is not the fault of another part or an unspecific one: this line leads."""
    return [(LINE.format(line), "dominant", "bearing-unspecific", "{c} leads, which tells the part."),
            (LINE.format(line), "dominant", "lubrication-poor", "Poor lubrication would raise no single line, but {c} leads."),
            (LINE.format(line), "dominant", "looseness", "A loose part would raise no line of the bearing, but {c} leads.")] + [
        (LINE.format(line), "dominant", fault, f"With {TITLES[fault][0]} another line would lead, but {{c}} is the strongest.")
        for fault in ["bearing-outer-race", "bearing-inner-race", "bearing-rolling-element", "bearing-cage"]
        if part not in fault]


CONTRAST = {
    "bearing-outer-race": not_its_line("outer", "bpfo"),
    "bearing-inner-race": not_its_line("inner", "bpfi"),
    "bearing-rolling-element": not_its_line("rolling", "bsf"),
    "bearing-cage": not_its_line("cage", "ftf"),
    "bearing-unspecific": [
        (KURTOSIS, "up", "rotor-imbalance", "An imbalance would not give impacts, but {c} {moved}."),
        (KURTOSIS, "up", "lubrication-poor", "Poor lubrication would give noise without impacts, but {c} {moved}."),
        (ONCE, "steady", "looseness", "A loose part would shake once per turn, but {c} is normal."),
    ],
    "rotor-imbalance": [
        (TWICE, "steady", "misalignment", "A misaligned shaft would shake twice per turn, but {c} is normal."),
        (TWICE, "steady", "looseness", "A loose part would shake twice per turn, too, but {c} is normal."),
        (KURTOSIS, "steady", "bearing-unspecific", "A damaged bearing would give impacts, but {c} is normal."),
        (ONCE, "up", "lubrication-poor", "Poor lubrication would not shake the shaft, but {c} {moved}."),
    ],
    "misalignment": [
        (TWICE, "up", "rotor-imbalance", "An imbalance would shake once per turn only, but {c} {moved}."),
        (ONCE, "steady", "looseness", "A loose part would shake once per turn, too, but {c} is normal."),
        (KURTOSIS, "steady", "bearing-unspecific", "A damaged bearing would give impacts, but {c} is normal."),
    ],
    "looseness": [
        (TWICE, "up", "rotor-imbalance", "An imbalance would shake once per turn only, but {c} {moved}."),
        (ONCE, "up", "misalignment", "A misaligned shaft would mostly shake twice per turn, but {c} {moved}."),
        (ONCE, "up", "bearing-unspecific", "A damaged bearing would leave the shaft calm, but {c} {moved}."),
        (CREST, "up", "rotor-imbalance", "An imbalance would not knock, but {c} {moved}."),
    ],
    "lubrication-poor": [
        (KURTOSIS, "steady", "bearing-unspecific", "A damaged bearing would give impacts, but {c} is normal."),
        (ONCE, "steady", "rotor-imbalance", "An imbalance would shake once per turn, but {c} is normal."),
        (TWICE, "steady", "misalignment", "A misaligned shaft would shake twice per turn, but {c} is normal."),
        (VELOCITY, "steady", "rotor-imbalance", "An imbalance would raise the velocity, but {c} is normal."),
    ],
}
