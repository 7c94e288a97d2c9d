package org.espace.demo;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Invented exchange rates, one set for the last working day of each month, in the format of the European Central Bank. */
final class DemoRates {

    private static final int MONTHS = 13;

    /** Units of a currency for one euro at the beginning. */
    private static final Map<String, String> BEGINNING = beginning();

    private DemoRates() {}

    static Path write(Path file, SplittableRandom chance) throws IOException {
        var days = new StringBuilder();
        var rates = new LinkedHashMap<String, BigDecimal>();
        BEGINNING.forEach((currency, rate) -> rates.put(currency, new BigDecimal(rate)));
        var first = BusinessYear.FIRST.minusMonths(1);
        for (var month = 0; month < MONTHS; month++) {
            days.insert(0, cube(lastWorkingDay(first.plusMonths(month)), rates));
            rates.replaceAll((currency, rate) -> moved(rate, chance));
        }
        return Files.writeString(file, """
                <?xml version="1.0" encoding="UTF-8"?>
                <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
                  <gesmes:subject>Demo rates, invented</gesmes:subject>
                  <gesmes:Sender><gesmes:name>Espace demo</gesmes:name></gesmes:Sender>
                  <Cube>
                %s  </Cube>
                </gesmes:Envelope>
                """.formatted(days));
    }

    private static String cube(LocalDate day, Map<String, BigDecimal> rates) {
        var cube = new StringBuilder("    <Cube time=\"%s\">\n".formatted(day));
        rates.forEach((currency, rate) ->
                cube.append("      <Cube currency=\"%s\" rate=\"%s\"/>\n".formatted(currency, rate.toPlainString())));
        return cube.append("    </Cube>\n").toString();
    }

    /** Within a percent and a half of last month's. */
    private static BigDecimal moved(BigDecimal rate, SplittableRandom chance) {
        var factor = BigDecimal.valueOf(985_000 + chance.nextInt(30_001), 6);
        return rate.multiply(factor).setScale(rate.scale(), RoundingMode.HALF_UP);
    }

    private static LocalDate lastWorkingDay(YearMonth month) {
        var day = month.atEndOfMonth();
        while (List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY).contains(day.getDayOfWeek())) {
            day = day.minusDays(1);
        }
        return day;
    }

    private static Map<String, String> beginning() {
        var rates = new LinkedHashMap<String, String>();
        rates.put("USD", "1.1580");
        rates.put("JPY", "176.20");
        rates.put("DKK", "7.4670");
        rates.put("GBP", "0.87450");
        rates.put("PLN", "4.2510");
        rates.put("SEK", "10.9480");
        rates.put("CHF", "0.9290");
        rates.put("CAD", "1.6190");
        rates.put("ZAR", "20.1450");
        return rates;
    }
}
