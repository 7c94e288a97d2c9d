package org.espace.sales;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.espace.feed.Code;
import org.espace.feed.FileRefused;
import org.espace.sales.RateStore.Publication;

/** Reads the reference rates of the European Central Bank as it publishes them: one {@code Cube} a day, one a currency. */
final class EcbRates {

    static final String MAPPING = "ecb";

    /** The whole history since 1999 has 8 MiB. */
    private static final long LARGEST = 64L << 20;

    private EcbRates() {}

    static List<Publication> read(Path file) throws IOException {
        var size = Files.size(file);
        if (size == 0) {
            throw new FileRefused(Code.EMPTY_FILE, Map.of());
        }
        if (size > LARGEST) {
            throw refused("");
        }
        try (var input = new BufferedInputStream(Files.newInputStream(file))) {
            return read(input);
        } catch (XMLStreamException e) {
            throw refused(
                    e.getLocation() == null
                            ? ""
                            : Integer.toString(e.getLocation().getLineNumber()));
        }
    }

    private static List<Publication> read(InputStream input) throws XMLStreamException {
        var reader = factory().createXMLStreamReader(input);
        var days = new ArrayList<Publication>();
        var rates = new TreeMap<String, BigDecimal>();
        LocalDate day = null;
        while (reader.hasNext()) {
            if (reader.next() != XMLStreamConstants.START_ELEMENT
                    || !reader.getLocalName().equals("Cube")) {
                continue;
            }
            var time = reader.getAttributeValue(null, "time");
            if (time != null) {
                if (day != null) {
                    days.add(publication(day, rates));
                }
                day = day(time, reader);
                rates.clear();
            }
            var currency = reader.getAttributeValue(null, "currency");
            if (currency != null) {
                var rate = reader.getAttributeValue(null, "rate");
                if (day == null || rate == null || !currency.matches("[A-Z]{3}")) {
                    throw refused(line(reader));
                }
                rates.put(currency, rate(rate, reader));
            }
        }
        if (day == null) {
            throw refused("");
        }
        days.add(publication(day, rates));
        return days;
    }

    /** Nothing outside the file is ever read, and no entity is expanded. */
    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        return factory;
    }

    private static LocalDate day(String text, XMLStreamReader reader) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw refused(line(reader));
        }
    }

    private static BigDecimal rate(String text, XMLStreamReader reader) {
        if (!text.matches("[0-9]{1,12}(\\.[0-9]{1,12})?") || new BigDecimal(text).signum() == 0) {
            throw refused(line(reader));
        }
        return new BigDecimal(text);
    }

    private static Publication publication(LocalDate day, Map<String, BigDecimal> rates) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            rates.forEach((currency, rate) ->
                    digest.update((currency + "=" + rate.toPlainString() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return new Publication(day, HexFormat.of().formatHex(digest.digest()), Map.copyOf(rates));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String line(XMLStreamReader reader) {
        return Integer.toString(reader.getLocation().getLineNumber());
    }

    private static FileRefused refused(String line) {
        return new FileRefused(Code.NOT_RATES, Map.of("line", line));
    }
}
