"""Computes again, from the demo's own files, what each location earns in the year under the demo's three programs.

Shares no code with Espace: exact decimals, half up; the terms are written out below. The last content of a line
counts. Prints one CSV row per location and program.
Usage: python3 demo.py FOLDER
"""
import csv
import re
import sys
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

FOLDER = Path(sys.argv[1])
CENT = Decimal("0.01")
SEATS = [(400, "0.02"), (600, "0.025"), (800, "0.03"), (1000, "0.035"), (1200, "0.04")]
TIER_2 = ("m365-e5", "copilot")


def rounded(amount):
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def rows(name):
    with open(FOLDER / name, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


products = {row["product"]: (row["family"], row["solution_area"]) for row in rows("products.csv")}
types = {row["location"]: row["type"] for row in rows("partners.csv")}
enrolled = defaultdict(list)
for row in rows("enrollments.csv"):
    enrolled[row["location"]].append((row["program"], row["since"], row["until"] or "9999-12-31"))

rates = {}
for day, body in re.findall(r'<Cube time="(.*?)">(.*?)</Cube>', (FOLDER / "demo-exchange-rates.xml").read_text(), re.S):
    rates[day] = {"EUR": Decimal(1)} | {c: Decimal(r) for c, r in re.findall(r'currency="(.*?)" rate="(.*?)"', body)}


def in_dollars(amount, currency, day):
    if currency == "USD":
        return amount
    published = rates[max(known for known in rates if known < day[:7] + "-01")]
    return rounded(amount * published["USD"] / published[currency])


sales = {}
for name in ("sales-2025-11-to-2026-09.csv", "sales-2026-10.csv", "sales-corrections.csv"):
    for row in rows(name):
        if not row["line_id"].startswith("INV-X-"):
            sales[row["line_id"]] = row


def levers(program, day, family, area, kind):
    """What a sale earns under: the lever's name, its rate, its cap per customer and year. Seats have neither."""
    modern = area == "modern-work" and family != "pstn"
    if program == "csp-direct-bill" or program == "csp-indirect-reseller" and day < "2026-07-01":
        yield from [("core", "0.0375", 93750)] * modern
        yield from [("tier-1", "0.03", None)] * (family == "m365-strategic")
        yield from [("tier-2", "0.07", 175000)] * (family in TIER_2)
        yield from [("pstn", "0.2", None)] * (family == "pstn")
    elif program == "csp-indirect-reseller":
        yield from [("tier-1", "0.025", None)] * (family == "m365-strategic")
        yield from [("tier-2", "0.07", None)] * (family in TIER_2)
        yield from [("azure", "0.03", None)] * (family == "azure")
    if program == "csp-direct-bill" and area == "business-applications":
        yield "core-bizapps", "0.04", None
        yield from [("finance", "0.07", None)] * (family in ("d365-finance", "d365-supply-chain"))
        yield from [("bc", "0.08", None)] * (family == "d365-bc")
    if program == "distributor-seats":
        yield from [("seats", None, None)] * (family in ("m365-core", "m365-strategic", "m365-e5"))
        yield from [("campaign", "0.025", 12000)] * (family == "azure" and kind == "indirect-provider")


earned = defaultdict(Decimal)
rebate = defaultdict(Decimal)
capped = defaultdict(Decimal)
caps = {}
seats = defaultdict(lambda: [Decimal(0), Decimal(0)])
for sale in sales.values():
    day, location = sale["day"], sale["location"]
    if sale["status"] not in ("", "invoiced"):
        continue
    basis = in_dollars(Decimal(sale["amount"]), sale["currency"], day)
    fiscal = day >= "2026-07-01"
    for program, since, until in enrolled[location]:
        key = location, program
        if not since <= day < until:
            continue
        for lever, rate, cap in levers(program, day, *products[sale["product"]], types[location]):
            if rate is None:
                quarter = seats[key + (day[:4], (int(day[5:7]) - 1) // 3)]
                quarter[0] += basis
                quarter[1] += Decimal(sale["quantity"])
            elif cap is None:
                amount = rounded(basis * Decimal(rate))
                earned[key] += amount
                rebate[key] += rounded(amount * Decimal("0.6"))
            else:
                scope = key + (lever, fiscal) + (() if lever == "campaign" else (sale["customer"],))
                capped[scope] += rounded(basis * Decimal(rate))
                caps[scope] = Decimal(cap)

for scope, amount in capped.items():
    amount = min(amount, caps[scope])
    earned[scope[:2]] += amount
    rebate[scope[:2]] += amount if scope[1] == "distributor-seats" else rounded(amount * Decimal("0.6"))
for scope, (basis, quantity) in seats.items():
    rate = max((Decimal(rate) for step, rate in SEATS if quantity >= step), default=Decimal(0))
    earned[scope[:2]] += rounded(basis * rate)
    rebate[scope[:2]] += rounded(basis * rate)

print("location,program,earned,rebate,coop")
for key in sorted(earned):
    print(",".join([*key, *(format(figure.quantize(CENT), "f") for figure in (earned[key], rebate[key], earned[key] - rebate[key]))]))
