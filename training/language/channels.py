"""Random channels: names as people and PLCs give them, units, and normal levels over orders of magnitude."""

SIGNATURE_ROLES = ["flow", "pressure", "current", "vibration", "motor-temperature", "fluid-temperature", "voltage"]
OTHER_ROLES = ["speed", "level", "torque", "power", "temperature", "humidity"]

NAMES = {
    "flow": ["Flow", "Flow rate", "Volume Flow Rate", "Flow meter", "Water flow", "Discharge flow", "Q", "FT",
             "Loop flow", "Volume flow", "Throughput", "Main line flow", "FlowRate", "Coolant flow"],
    "pressure": ["Pressure", "Discharge pressure", "Outlet pressure", "Inlet pressure", "PT", "Line pressure",
                 "Pump pressure", "Head", "Suction pressure", "Gauge", "Manifold pressure", "System pressure"],
    "current": ["Current", "Motor current", "Pump current", "Phase current", "I", "Drive current", "Load current",
                "Amps", "Motor amps", "Current draw", "CT"],
    "vibration": ["Vibration", "Accelerometer", "Acc", "Vib", "Bearing vibration", "Casing vibration", "Drive end",
                  "Non-drive end", "Pump vibration", "VT", "Axial vibration", "Radial vibration", "Shaft vibration"],
    "motor-temperature": ["Motor temperature", "Temperature", "Winding temperature", "Motor temp", "TT",
                          "Stator temp", "Engine temperature", "Frame temperature", "T motor", "Body temperature"],
    "fluid-temperature": ["Fluid temperature", "Thermocouple", "Water temperature", "Loop temperature", "Fluid temp",
                          "TE", "Tank temperature", "Return temperature", "T water", "Coolant temp"],
    "voltage": ["Voltage", "Supply voltage", "Mains voltage", "Line voltage", "U", "Motor voltage", "Bus voltage",
                "Supply", "Phase voltage", "V in"],
    "speed": ["Speed", "Motor speed", "Shaft speed", "RPM", "Drive frequency", "n"],
    "level": ["Level", "Tank level", "Sump level", "LT"],
    "torque": ["Torque", "Shaft torque", "Motor torque"],
    "power": ["Power", "Active power", "Motor power", "P el"],
    "temperature": ["Ambient temperature", "Room temp", "Cabinet temperature", "Air temperature"],
    "humidity": ["Humidity", "Cabinet humidity", "RH"],
}

# unit: (lowest, highest) normal level
UNITS = {
    "flow": {"l/min": (3, 900), "L/min": (3, 900), "m3/h": (0.2, 400), "m³/h": (0.2, 400), "l/s": (0.1, 60),
             "gpm": (2, 600), "l/h": (50, 9000), "kg/s": (0.1, 60)},
    "pressure": {"bar": (0.1, 40), "kPa": (20, 4000), "MPa": (0.02, 4), "psi": (3, 500), "mbar": (50, 9000)},
    "current": {"A": (0.2, 300), "mA": (90, 9000)},
    "vibration": {"g": (0.004, 3), "mm/s": (0.2, 12), "m/s2": (0.05, 30), "m/s²": (0.05, 30), "mg": (5, 900)},
    "motor-temperature": {"°C": (20, 120), "C": (20, 120), "degC": (20, 120), "K": (293, 390), "°F": (70, 250)},
    "fluid-temperature": {"°C": (4, 90), "C": (4, 90), "degC": (4, 90), "K": (277, 363), "°F": (40, 190)},
    "voltage": {"V": (11, 700), "kV": (0.2, 11), "mV": (300, 9000)},
    "speed": {"rpm": (300, 3600), "Hz": (10, 60), "1/min": (300, 3600)},
    "level": {"%": (10, 95), "m": (0.2, 12), "mm": (100, 5000), "cm": (10, 400)},
    "torque": {"Nm": (0.5, 600)},
    "power": {"kW": (0.1, 200), "W": (50, 9000)},
    "temperature": {"°C": (5, 45), "C": (5, 45), "K": (278, 318)},
    "humidity": {"%": (10, 90), "%RH": (10, 90)},
}

SYLLABLES = ["ka", "lo", "mi", "ter", "an", "vos", "ri", "bel", "du", "sen", "tra", "ix", "po", "qua", "zen", "fy",
             "ho", "gra", "wi", "pl", "st", "or", "eu", "nik"]
TAG_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def tag(rng):
    """An instrument tag such as P-101 or XK204."""
    letters = "".join(rng.choice(TAG_LETTERS) for _ in range(rng.choice([1, 2, 2, 3])))
    return letters + rng.choice(["-", "-", "", "_"]) + str(rng.randint(1, 999))


def invented(rng):
    """A name that means nothing, so that names have to be copied and not remembered."""
    words = ["".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 3))) for _ in range(rng.choice([1, 1, 2]))]
    return " ".join(word.capitalize() if rng.random() < 0.6 else word for word in words)


def name(rng, role):
    kind = rng.random()
    if kind < 0.10:
        return invented(rng)
    if kind < 0.18:
        return tag(rng)
    base = rng.choice(NAMES[role])
    style = rng.random()
    if style < 0.12:
        base = base.replace(" ", "")
    elif style < 0.20:
        base = base.lower().replace(" ", rng.choice([" ", "_", "_"]))
    elif style < 0.24:
        base = base.upper()
    elif style < 0.29:
        base = base.title()
    end = rng.random()
    if end < 0.14:
        base += " " + str(rng.randint(1, 12))
    elif end < 0.22:
        base += str(rng.randint(1, 9))
    elif end < 0.32:
        base += rng.choice(["RMS", " RMS", "RMS", " avg", "_raw", " mean"])
    elif end < 0.38:
        base += str(rng.randint(1, 4)) + "RMS"
    elif end < 0.43:
        base += " " + rng.choice("ABXYZ")
    elif end < 0.46:
        base += " (" + rng.choice(["A", "inlet", "outlet", "L1", "east", "new"]) + ")"
    if rng.random() < 0.09:
        base = tag(rng) + rng.choice([" ", " ", ".", "/"]) + base
    return base


def sibling(rng, other):
    """A second channel of the same role is mostly the first one's name with another number."""
    digits = [i for i, c in enumerate(other) if c.isdigit()]
    if digits and rng.random() < 0.8:
        at = digits[-1]
        return other[:at] + str((int(other[at]) + rng.randint(1, 3)) % 10) + other[at + 1:]
    return other + rng.choice([" 2", "2", " B", " b"])


def unit_and_level(rng, role):
    """A unit and the log-uniform normal level that goes with it."""
    unit = rng.choice(list(UNITS[role]))
    low, high = UNITS[role][unit]
    level = low * (high / low) ** rng.random()
    return unit, level
