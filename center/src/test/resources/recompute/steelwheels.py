"""Computes again, from the vendor's own file, what Steel Wheels dealers earn under a flat 4%, 60/40.

Shares no code with Espace: exact decimals, half up, one rounding a line. Prints one CSV row per customer and month.
Usage: python3 steelwheels.py ORDERFACT.CSV
"""
import csv
import sys
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def rounded(amount):
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


totals = defaultdict(lambda: [Decimal(0)] * 6)
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        amount = Decimal(row["TOTALPRICE"])
        earns = row["STATUS"] in ("Shipped", "Resolved")
        earned = rounded(amount * Decimal("0.04")) if earns else Decimal(0)
        rebate = rounded(earned * Decimal("0.6"))
        line = (amount, amount if earns else 0, 0 if earns else amount, earned, rebate, earned - rebate)
        key = row["CUSTOMERNUMBER"], row["TIME_ID"][:7]
        totals[key] = [total + part for total, part in zip(totals[key], line)]

print("partner,month,received,eligible,ineligible,earned,rebate,coop")
for (customer, month), figures in sorted(totals.items()):
    print(",".join([customer, month, *(format(figure.quantize(CENT), "f") for figure in figures)]))
