"""What a technician reads: the words, as tables. `{c}` is a channel, `{moved}` how it moved ("rose", "is slightly low").

A clause that names a role and a direction is used only where the evidence shows exactly that."""

# How a fault is named inside a sentence.
TITLES = {
    "suction-restriction": ["a restriction on the suction side", "a suction side restriction"],
    "discharge-restriction": ["a restriction on the discharge side", "a discharge side restriction"],
    "leak": ["a leak in the loop"],
    "cavitation": ["cavitation", "cavitation at the impeller"],
    "rotor-imbalance": ["an imbalance of the rotor", "rotor imbalance"],
    "bearing-wear": ["a worn bearing", "bearing wear"],
    "motor-overload": ["an overloaded motor", "motor overload"],
    "dry-running": ["dry running", "a pump that runs dry"],
    "supply-voltage-low": ["a low supply voltage", "low supply voltage"],
    "fluid-overheating": ["fluid that is too warm", "overheating fluid"],
}

# How a sign that is missing is named: "there is no ... to tell them apart".
KEY_WORDS = {role: role.replace("-", " ") + " channel"
             for role in ["flow", "pressure", "current", "vibration", "motor-temperature", "fluid-temperature", "voltage"]}

# Why the evidence means this fault: (what must have moved, sentences). The longest list that holds is used.
MECHANISM = {
    "suction-restriction": [
        ([("flow", "down"), ("pressure", "down"), ("current", "down")],
         ["Less flow at lower pressure with less current means that too little water reaches the pump.",
          "Flow, pressure and current fell together, so the pump gets too little water."]),
        ([("flow", "down"), ("pressure", "down")],
         ["Less flow at lower pressure means that too little water reaches the pump."]),
        ([("flow", "down"), ("current", "down")],
         ["The pump moves less water and takes less current, as with a closed inlet or a clogged strainer."]),
        ([("flow", "down")], ["Less flow fits an inlet valve that is not fully open or a clogged strainer."]),
        ([("pressure", "down")], ["Less pressure fits a pump that gets too little water at its inlet."]),
        ([], ["A pump that gets too little water works less than normal."]),
    ],
    "discharge-restriction": [
        ([("flow", "down"), ("pressure", "up")],
         ["Less flow at higher pressure means that the pump pushes against a closed path.",
          "The pressure builds up while the flow falls, so the outlet is partly closed."]),
        ([("flow", "down"), ("current", "down")],
         ["The pump moves less water and takes less current, as against an outlet valve that is partly closed."]),
        ([("flow", "down")], ["Less flow fits an outlet valve that is not fully open or a blocked line."]),
        ([("pressure", "up")], ["More pressure means that the pump pushes against a closed path."]),
        ([], ["A partly closed outlet takes load off the pump."]),
    ],
    "leak": [
        ([("flow", "down"), ("pressure", "down"), ("current", "up")],
         ["The motor works harder while flow and pressure fall, so water leaves the loop before the meter.",
          "More current for less flow and pressure means that water is lost on the way."]),
        ([("flow", "down"), ("current", "up")],
         ["The motor takes more current but less water arrives at the meter, so some of it is lost."]),
        ([("pressure", "down"), ("current", "up")],
         ["The motor takes more current but the pressure falls, so water is lost."]),
        ([("flow", "down"), ("pressure", "down")], ["Less flow at lower pressure fits water that leaves the loop."]),
        ([("flow", "down")], ["Less flow fits water that leaves the loop before the meter."]),
        ([], ["Water that leaves the loop shows in flow and pressure first."]),
    ],
    "cavitation": [
        ([("vibration", "up"), ("flow", "down")],
         ["More vibration with less flow points to vapour bubbles at the impeller.",
          "The pump shakes more and moves less water, as it does when vapour bubbles form."]),
        ([("vibration", "up"), ("pressure", "down")],
         ["More vibration at lower pressure points to vapour bubbles at the impeller."]),
        ([("flow", "down"), ("pressure", "down")],
         ["Less flow at lower pressure fits vapour bubbles at the impeller."]),
        ([("vibration", "up")], ["More vibration fits vapour bubbles that collapse at the impeller."]),
        ([], ["Vapour bubbles at the impeller take away flow and pressure."]),
    ],
    "rotor-imbalance": [
        ([("vibration", "up"), ("flow", "steady"), ("current", "steady")],
         ["The pump shakes more while it does the same work, so a rotating part is out of balance.",
          "More vibration at the same flow and current points to a rotating part out of balance."]),
        ([("vibration", "up"), ("flow", "steady")],
         ["More vibration at the same flow points to a rotating part out of balance."]),
        ([("vibration", "up")], ["More vibration and little else points to a rotating part out of balance.",
                                 "More vibration fits dirt on the impeller or a loose coupling."]),
        ([], ["A rotating part that is out of balance shakes the pump."]),
    ],
    "bearing-wear": [
        ([("vibration", "up"), ("motor-temperature", "up")],
         ["A bearing that runs rough and hot gives more vibration and more heat together.",
          "More vibration together with a hotter motor points to friction in a bearing."]),
        ([("vibration", "up"), ("current", "up")],
         ["More vibration and more current together point to friction in a bearing."]),
        ([("motor-temperature", "up")], ["A hotter motor fits friction in a bearing that lacks lubrication."]),
        ([("vibration", "up")], ["More vibration fits a bearing that runs rough."]),
        ([], ["A worn bearing runs rough and hot."]),
    ],
    "motor-overload": [
        ([("current", "up"), ("motor-temperature", "up")],
         ["The motor takes more current and heats up, so it works harder than its task explains.",
          "More current and a hotter motor mean that something brakes the motor."]),
        ([("current", "up")], ["More current means that the motor works harder than its task explains."]),
        ([("motor-temperature", "up")], ["A hotter motor means that it works too hard or is poorly cooled."]),
        ([], ["An overloaded motor takes more current and heats up."]),
    ],
    "dry-running": [
        ([("flow", "down"), ("fluid-temperature", "up")],
         ["Flow is lost while the water that is left heats up, so the pump has no water to move.",
          "Less flow and warmer fluid mean that hardly any water carries the heat away."]),
        ([("flow", "down"), ("motor-temperature", "up")],
         ["Flow is lost while the motor heats up, so no water carries the heat away."]),
        ([("current", "down"), ("motor-temperature", "up")],
         ["The motor has less to do and still heats up, as without water."]),
        ([("flow", "down"), ("pressure", "down")], ["Flow and pressure are lost, as in a pump without water."]),
        ([("pressure", "down")], ["Pressure is lost, as in a pump without water."]),
        ([], ["A pump without water does less work and heats up."]),
    ],
    "supply-voltage-low": [
        ([("voltage", "down"), ("current", "up")],
         ["The supply sags, so the motor draws more current for the same work.",
          "Less voltage with more current means that the supply is weak and the load is the same."]),
        ([("voltage", "down"), ("motor-temperature", "up")],
         ["The supply sags and the motor heats up, as it does when it needs more current for the same work."]),
        ([("voltage", "down")], ["The supply itself has moved, so the cause lies before the motor."]),
        ([], ["A weak supply makes the motor draw more current."]),
    ],
    "fluid-overheating": [
        ([("fluid-temperature", "up"), ("flow", "steady")],
         ["The water warms up at normal flow, so cooling is missing.",
          "Warmer water at the same flow means that the loop loses its cooling."]),
        ([("fluid-temperature", "up")], ["Warmer water means that cooling is missing or bypassed."]),
        ([], ["Missing cooling warms the water."]),
    ],
}

# Why it is not a look-alike: fault -> [(role, direction, look-alike, sentence)].
CONTRAST = {
    "suction-restriction": [
        ("pressure", "down", "discharge-restriction", "A closed outlet would raise the pressure, but {c} {moved}."),
        ("current", "down", "leak", "A leak would make the motor work harder, but {c} {moved}."),
        ("vibration", "steady", "cavitation", "{c} is calm, so vapour bubbles are not likely."),
        ("motor-temperature", "steady", "dry-running", "{c} is normal, so the pump does not run dry."),
        ("fluid-temperature", "steady", "dry-running", "{c} is normal, so the pump still has water."),
    ],
    "discharge-restriction": [
        ("pressure", "up", "suction-restriction", "A closed inlet or a leak would lower the pressure, but {c} {moved}."),
        ("pressure", "up", "leak", "With a leak the pressure would fall, but {c} {moved}."),
        ("current", "down", "leak", "A leak would make the motor work harder, but {c} {moved}."),
        ("vibration", "steady", "cavitation", "{c} is calm, so vapour bubbles are not likely."),
    ],
    "leak": [
        ("current", "up", "suction-restriction", "A closed inlet would take load off the motor, but {c} {moved}."),
        ("current", "up", "cavitation", "With cavitation the motor would work less, but {c} {moved}."),
        ("pressure", "down", "discharge-restriction", "A closed outlet would raise the pressure, but {c} {moved}."),
        ("vibration", "steady", "cavitation", "{c} is calm, so vapour bubbles are not likely."),
    ],
    "cavitation": [
        ("vibration", "up", "suction-restriction", "A closed valve alone would leave the pump calm, but {c} {moved}."),
        ("flow", "down", "rotor-imbalance", "An imbalance would leave the flow alone, but {c} {moved}."),
        ("pressure", "down", "rotor-imbalance", "An imbalance would leave the pressure alone, but {c} {moved}."),
        ("current", "down", "bearing-wear", "A worn bearing would need more current, but {c} {moved}."),
        ("motor-temperature", "steady", "bearing-wear", "{c} is normal, so it is not a hot bearing."),
    ],
    "rotor-imbalance": [
        ("flow", "steady", "cavitation", "Cavitation would lower the flow, but {c} is normal."),
        ("pressure", "steady", "cavitation", "Cavitation would lower the pressure, but {c} is normal."),
        ("motor-temperature", "steady", "bearing-wear", "A worn bearing would run hot, but {c} is normal."),
        ("current", "steady", "bearing-wear", "A worn bearing would need more current, but {c} is normal."),
    ],
    "bearing-wear": [
        ("motor-temperature", "up", "rotor-imbalance", "An imbalance alone would not heat the motor, but {c} {moved}."),
        ("current", "up", "rotor-imbalance", "An imbalance alone would need no more current, but {c} {moved}."),
        ("vibration", "up", "motor-overload", "An overloaded motor would run calm, but {c} {moved}."),
        ("flow", "steady", "cavitation", "Cavitation would lower the flow, but {c} is normal."),
        ("voltage", "steady", "supply-voltage-low", "{c} is normal, so the supply is not the cause."),
    ],
    "motor-overload": [
        ("voltage", "steady", "supply-voltage-low", "A weak supply would show in the voltage, but {c} is normal."),
        ("vibration", "steady", "bearing-wear", "A worn bearing would shake the pump, but {c} is calm."),
        ("flow", "steady", "leak", "A leak would lower the flow, but {c} is normal."),
        ("pressure", "steady", "leak", "A leak would lower the pressure, but {c} is normal."),
    ],
    "dry-running": [
        ("fluid-temperature", "up", "suction-restriction", "A closed inlet would not heat the water, but {c} {moved}."),
        ("motor-temperature", "up", "suction-restriction", "A closed inlet would not heat the motor, but {c} {moved}."),
        ("flow", "down", "fluid-overheating", "Missing cooling would leave the flow alone, but {c} {moved}."),
        ("current", "down", "leak", "A leak would make the motor work harder, but {c} {moved}."),
    ],
    "supply-voltage-low": [
        ("voltage", "down", "motor-overload", "An overloaded motor would leave the voltage alone, but {c} {moved}."),
        ("flow", "steady", "leak", "A leak would lower the flow, but {c} is normal."),
        ("vibration", "steady", "bearing-wear", "A worn bearing would shake the pump, but {c} is calm."),
    ],
    "fluid-overheating": [
        ("flow", "steady", "dry-running", "Dry running would lower the flow, but {c} is normal."),
        ("pressure", "steady", "dry-running", "Dry running would lower the pressure, but {c} is normal."),
        ("current", "steady", "dry-running", "Dry running would take load off the motor, but {c} is normal."),
        ("motor-temperature", "steady", "motor-overload", "The motor is not the source of the heat, as {c} is normal."),
        ("vibration", "steady", "bearing-wear", "{c} is calm, so it is not a bearing that runs hot."),
    ],
}

UNLISTED = ["The pattern looks like {pattern}, but that is not in the list of faults.",
            "It looks like {pattern}, which is not in the list of faults."]
NO_FIT = ["None of the listed faults moves the channels in this way.",
          "No fault in the list explains this pattern."]
NO_MOVE = ["No channel has moved far enough to name a fault.",
           "The deviations are too small to name a fault."]
