package org.espace.bench;

import java.util.SplittableRandom;

/**
 * Sales of an invented year, row by row: few partners sell much (Zipf, s = 1), and each has customers in proportion. A
 * row is a function of the seed and its place alone, so a return can look up the sale that it takes back.
 */
final class Generator {

    /** What is wrong with a row that a load must refuse. */
    enum Fault {
        NONE,
        NO_AMOUNT,
        LETTERS_IN_AMOUNT,
        UNKNOWN_LOCATION,
        UNKNOWN_CURRENCY,
        DAY_OUT_OF_RANGE
    }

    private static final int RETURNS_IN_TEN_THOUSAND = 100;
    private static final int FAULTS_IN_TEN_THOUSAND = 5;
    private static final int BACK_DATED_IN_TEN_THOUSAND = 200;
    private static final int CANCELLED_IN_TEN_THOUSAND = 100;
    private static final int OPEN_IN_TEN_THOUSAND = 50;
    private static final int LONGEST_BACK = 100_000;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int FIRST_DAY = (int) Vendor.FIRST_DAY.toEpochDay();

    static final short CANCELLED = 1;
    static final short OPEN = 2;

    int location;
    int day;
    int customer;
    int product;
    long quantity;
    long amount;
    short currency;
    short disposition;
    Fault fault = Fault.NONE;

    private final Vendor vendor;
    private final long rows;
    private final double logOfLocations;
    private final int[] locationOfRank;
    private final int[] firstCustomer;
    private final short[] currencies;
    private final int[] scale;

    Generator(Vendor vendor, long rows) {
        this.vendor = vendor;
        this.rows = rows;
        logOfLocations = Math.log(vendor.locations() + 1.0);
        locationOfRank = shuffled(vendor);
        firstCustomer = customersInProportion(vendor);
        currencies = new short[vendor.locations() + 1];
        scale = new int[vendor.locations() + 1];
        for (var location = 1; location <= vendor.locations(); location++) {
            var money = vendor.currency(location);
            currencies[location] = (short) money.getNumericCode();
            scale[location] = money.getDefaultFractionDigits() == 0 ? 160 : 100;
        }
    }

    /** Sets the fields to the row, counted from 0. */
    void read(long row) {
        var random = random(row);
        var kind = random.nextInt(10_000);
        if (kind < RETURNS_IN_TEN_THOUSAND && row > 0) {
            var back = row - 1 - random.nextLong(Math.min(row, LONGEST_BACK));
            if (isPlain(back)) {
                readPlain(back);
                quantity = -quantity;
                amount = -amount;
                return;
            }
        }
        readPlain(row);
        if (kind >= 10_000 - FAULTS_IN_TEN_THOUSAND) {
            fault = Fault.values()[1 + random.nextInt(Fault.values().length - 1)];
        }
    }

    private boolean isPlain(long row) {
        var kind = random(row).nextInt(10_000);
        return kind >= RETURNS_IN_TEN_THOUSAND && kind < 10_000 - FAULTS_IN_TEN_THOUSAND;
    }

    private void readPlain(long row) {
        var random = random(row ^ Long.MIN_VALUE);
        var rank = (int) Math.min(Math.exp(random.nextDouble() * logOfLocations), vendor.locations()) - 1;
        if (vendor.giant() && random.nextInt(3) == 0) {
            rank = 0;
        }
        location = locationOfRank[rank];
        var ownCustomers = firstCustomer[rank + 1] - firstCustomer[rank];
        customer = firstCustomer[rank] + (int) (Math.exp(random.nextDouble() * Math.log(ownCustomers + 1.0)) - 1);
        product = 1 + (int) (Math.exp(random.nextDouble() * Math.log(Vendor.PRODUCTS + 1.0)) - 1);
        day = FIRST_DAY + (int) (row * Vendor.DAYS / rows);
        if (random.nextInt(10_000) < BACK_DATED_IN_TEN_THOUSAND) {
            day = Math.max(FIRST_DAY, day - 1 - random.nextInt(9));
        }
        var units = 1 + (int) Math.exp(random.nextDouble() * 3);
        quantity = units * 1_000_000L;
        var price = Math.exp(1.5 + random.nextDouble() * 5);
        amount = units * (long) (price * scale[location]);
        currency = currencies[location];
        var status = random.nextInt(10_000);
        disposition = 0;
        if (status < CANCELLED_IN_TEN_THOUSAND) {
            disposition = CANCELLED;
        } else if (status < CANCELLED_IN_TEN_THOUSAND + OPEN_IN_TEN_THOUSAND) {
            disposition = OPEN;
        }
        fault = Fault.NONE;
    }

    private SplittableRandom random(long row) {
        var mixed = (row + vendor.seed()) * GOLDEN;
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        return new SplittableRandom(mixed ^ (mixed >>> 32));
    }

    /** Else the big partners would stand together, at the beginning of every file. */
    private static int[] shuffled(Vendor vendor) {
        var random = new SplittableRandom(vendor.seed());
        var ids = new int[vendor.locations()];
        for (var i = 0; i < ids.length; i++) {
            var other = random.nextInt(i + 1);
            ids[i] = ids[other];
            ids[other] = i + 1;
        }
        return ids;
    }

    private static int[] customersInProportion(Vendor vendor) {
        var first = new int[vendor.locations() + 1];
        var logOfLocations = Math.log(vendor.locations() + 1.0);
        first[0] = 1;
        for (var rank = 1; rank <= vendor.locations(); rank++) {
            var share = Math.log(rank + 1.0) / logOfLocations;
            first[rank] = rank + 1 + (int) ((vendor.customers() - vendor.locations()) * share);
        }
        return first;
    }
}
