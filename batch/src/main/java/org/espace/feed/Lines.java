package org.espace.feed;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.espace.terms.Lever;
import org.espace.terms.Selection;
import org.jspecify.annotations.Nullable;

/**
 * Turns the records of a feed into sales lines, one at a time. After {@link #read} the fields of this object hold the
 * line, or {@link #refusal} says what is wrong with it; then they hold what could be read nevertheless.
 */
final class Lines {

    /** The number of an unknown currency, location or day. */
    static final int NONE = -1;

    private static final Map<String, Lever.Trigger> EVENTS =
            Map.of("invoiced", Lever.Trigger.INVOICED, "paid", Lever.Trigger.PAID, "consumed", Lever.Trigger.CONSUMED);

    int location;
    int day;
    int customer;
    int product;
    long quantity;
    long amount;
    boolean amountRead;
    int currency;
    int disposition;
    long order;
    int kind;
    byte[] lineId = new byte[0];

    @Nullable
    Refusal refusal;

    private final Mapping mapping;
    private final Row row;
    private final Registrar registrar;
    private final Currencies currencies = new Currencies();
    private final Countries countries;
    private final Days days;
    private final Decimal decimal;
    private final Decimal factor;
    private final int extraDecimals;
    private final int firstDay;
    private final int lastDay;
    private final String firstDayText;
    private final String lastDayText;
    private final List<Beside> besides;
    private final List<Row.Fetch> amountFactors = new ArrayList<>();
    private final Map<Field, Row.Fetch> fetches = new EnumMap<>(Field.class);
    private final Dictionary statuses = new Dictionary();
    private final Registrar.@Nullable FromLine newLocation;
    private final Registrar.@Nullable FromLine newProduct;
    private final Map<String, String> numberFormat;
    private final Cut cut = new Cut();
    private final Cut customerCut = new Cut();
    private final RowHash hash = new RowHash();
    private final OrderHash orders = new OrderHash();
    private final List<Field> kindFields;
    private final KindKey kindKey = new KindKey();
    private final Dictionary kinds = new Dictionary();
    private Kinds.@Nullable Said newKind;

    Lines(Mapping mapping, Row row, Registrar registrar, Countries countries, int extraDecimals, LocalDate today) {
        this.mapping = mapping;
        this.row = row;
        this.registrar = registrar;
        this.countries = countries;
        this.extraDecimals = extraDecimals;
        var formats = mapping.formats();
        days = new Days(formats.date(), formats.timeIgnored());
        decimal = new Decimal(formats.decimal(), formats.grouping());
        factor = new Decimal(formats.decimal(), formats.grouping());
        numberFormat = Map.of(
                "separator",
                String.valueOf(formats.decimal()),
                "limit",
                Integer.toString(Decimal.LONGEST),
                "decimals",
                Integer.toString(Decimal.MOST_DIGITS));
        var until = formats.until().orElse(today.plusYears(1).plusDays(1));
        firstDay = (int) formats.since().toEpochDay();
        lastDay = (int) until.toEpochDay() - 1;
        firstDayText = formats.since().toString();
        lastDayText = until.minusDays(1).toString();
        besides = row.besides();
        mapping.lines().forEach((field, source) -> {
            if (source instanceof Source.Times(var columns)) {
                columns.forEach(column -> amountFactors.add(row.fetch(new Source.Column(column))));
            } else if (row.has(source)) {
                fetches.put(field, row.fetch(source));
            }
        });
        mapping.statuses().forEach((status, meaning) -> statuses.put(status, registrar.disposition(meaning)));
        kindFields = Field.OF_KIND.stream().filter(fetches::containsKey).toList();
        newLocation = mapping.registerOfLines(Register.PARTNERS)
                .map(registration -> registrar.partnerFromLine(registration, row))
                .orElse(null);
        newProduct = mapping.registerOfLines(Register.PRODUCTS)
                .map(registration -> registrar.productFromLine(registration, row))
                .orElse(null);
    }

    boolean accepted() {
        return refusal == null;
    }

    void read() {
        refusal = null;
        location = NONE;
        day = Days.NO_DATE;
        currency = NONE;
        customer = 0;
        product = NONE;
        quantity = 0;
        amount = 0;
        amountRead = false;
        disposition = 0;
        order = 0;
        kind = 0;
        newKind = null;
        var cells = row.cells;
        if (cells.defect != null) {
            refusal = new Refusal(
                    null,
                    cells.row,
                    "",
                    cells.broken,
                    cells.defect,
                    Map.of("limit", Integer.toString(CsvRecords.LONGEST_RECORD)));
            return;
        }
        if (cells.count != row.columns().count()) {
            var expected = Integer.toString(row.columns().count());
            refusal = new Refusal(
                    null,
                    cells.row,
                    "",
                    "",
                    Code.WRONG_FIELD_COUNT,
                    Map.of("expected", expected, "found", Integer.toString(cells.count)));
            return;
        }
        for (var beside : besides) {
            if (!beside.find()) {
                refusal = new Refusal(
                        null, cells.row, beside.by(), beside.key(), Code.NOT_BESIDE, Map.of("file", beside.file()));
            }
        }
        readCurrency();
        readDay();
        readLocation();
        readProduct();
        readCustomer();
        readAmount();
        readQuantity();
        readStatus();
        readOrder();
        readKind();
        readLineId();
        if (refusal == null) {
            register();
        }
    }

    private void readCurrency() {
        if (!fetchNeeded(Field.CURRENCY)) {
            return;
        }
        currency = currencies.find(cut);
        if (currency == NONE) {
            refuse(Field.CURRENCY, cut.first() == '=' ? Code.FORMULA : Code.UNKNOWN_CURRENCY);
        }
    }

    private void readDay() {
        if (!fetchNeeded(Field.DAY)) {
            return;
        }
        var read = days.read(cut.bytes, cut.from, cut.to);
        if (read == Days.NO_DATE) {
            var code = cut.first() == '=' ? Code.FORMULA : Code.BAD_DATE;
            refuse(Field.DAY, code, Map.of("format", mapping.formats().date()));
        } else if (read < firstDay || read > lastDay) {
            refuse(Field.DAY, Code.DATE_OUT_OF_RANGE, Map.of("first", firstDayText, "last", lastDayText));
        } else {
            day = read;
        }
    }

    private void readLocation() {
        if (fetchNeeded(Field.LOCATION)) {
            location = registrar.locations.find(cut);
            if (location == NONE) {
                unknown(Field.LOCATION, newLocation == null ? Code.UNKNOWN_LOCATION : null);
            }
        }
    }

    private void readProduct() {
        if (fetchNeeded(Field.PRODUCT)) {
            product = registrar.products.find(cut);
            if (product == NONE) {
                unknown(Field.PRODUCT, newProduct == null ? Code.UNKNOWN_PRODUCT : null);
            }
        }
    }

    private void unknown(Field field, @Nullable Code code) {
        var fault = Checks.identifier(cut, Checks.LONGEST_NUMBER);
        if (fault != null) {
            refuse(field, fault, Map.of("limit", Integer.toString(Checks.LONGEST_NUMBER)));
        } else if (code != null) {
            refuse(field, code);
        }
    }

    private void readCustomer() {
        if (!fetch(Field.CUSTOMER)) {
            return;
        }
        customerCut.set(cut.bytes, cut.from, cut.to);
        customer = registrar.customers.find(cut);
        if (customer == NONE) {
            checkIdentifier(Field.CUSTOMER, Checks.LONGEST_NUMBER);
        }
        if (fetch(Field.CUSTOMER_COUNTRY) && countries.find(cut) == Dictionary.UNKNOWN) {
            refuse(Field.CUSTOMER_COUNTRY, Code.UNKNOWN_COUNTRY);
        }
        checkText(Field.CUSTOMER_NAME, Checks.LONGEST_NAME);
        checkText(Field.CUSTOMER_SEGMENT, Checks.LONGEST_ATTRIBUTE);
    }

    private void checkText(Field field, int longest) {
        if (fetch(field)) {
            var fault = Checks.text(cut, longest);
            if (fault != null) {
                refuse(field, fault, Map.of("limit", Integer.toString(longest)));
            }
        }
    }

    private void readAmount() {
        if (!readAmountNumber() || currency == NONE) {
            return;
        }
        var decimals = Currencies.byNumber(currency).getDefaultFractionDigits() + extraDecimals;
        var fault = decimal.fit(decimals);
        if (fault != null) {
            refuse(Field.AMOUNT, fault, Map.of("decimals", Integer.toString(decimals)));
            return;
        }
        amount = decimal.scaled();
        amountRead = true;
        if (mapping.formats().negativeRefused() && amount < 0) {
            refuse(Field.AMOUNT, Code.NEGATIVE);
        } else if (mapping.formats().zeroRefused() && amount == 0) {
            refuse(Field.AMOUNT, Code.ZERO);
        }
    }

    private boolean readAmountNumber() {
        if (amountFactors.isEmpty()) {
            return fetchNeeded(Field.AMOUNT) && number(Field.AMOUNT, decimal);
        }
        boolean first = true;
        for (var fetch : amountFactors) {
            fetch.into(cut);
            if (cut.isEmpty()) {
                refuse(Field.AMOUNT, Code.MISSING);
                return false;
            }
            if (!number(Field.AMOUNT, first ? decimal : factor)) {
                return false;
            }
            if (!first) {
                decimal.multiplyBy(factor);
            }
            first = false;
        }
        return true;
    }

    private void readQuantity() {
        if (fetch(Field.QUANTITY) && number(Field.QUANTITY, factor)) {
            var fault = factor.fit(6);
            if (fault == null) {
                quantity = factor.scaled();
            } else {
                refuse(Field.QUANTITY, fault, Map.of("decimals", "6"));
            }
        }
    }

    private boolean number(Field field, Decimal target) {
        var fault = target.read(cut);
        if (fault != null) {
            refuse(field, fault, numberFormat);
        }
        return fault == null;
    }

    private void readStatus() {
        if (fetches.get(Field.STATUS) == null) {
            return;
        }
        fetch(Field.STATUS);
        disposition = statuses.find(cut);
        if (disposition == NONE) {
            refuse(Field.STATUS, cut.isEmpty() ? Code.MISSING : Code.UNKNOWN_STATUS);
        }
    }

    private void readOrder() {
        if (fetch(Field.ORDER)) {
            checkIdentifier(Field.ORDER, Checks.LONGEST_NUMBER);
        }
    }

    /** What was said before in the same words is looked up, not read again. */
    private void readKind() {
        if (kindFields.isEmpty()) {
            return;
        }
        kindKey.clear();
        for (var field : kindFields) {
            fetch(field);
            kindKey.add(cut);
        }
        kind = kinds.find(kindKey.bytes, 0, kindKey.length);
        if (kind == NONE) {
            var said = readWhatIsSaid();
            kind = refusal == null ? registrar.kinds.find(said) : NONE;
            if (kind != NONE) {
                kinds.put(kindKey.bytes, 0, kindKey.length, kind);
            } else if (refusal == null && registrar.kinds.isFull()) {
                refusal = new Refusal(
                        null,
                        row.cells.row,
                        "",
                        "",
                        Code.TOO_MANY_KINDS,
                        Map.of("limit", Integer.toString(Kinds.MOST)));
            } else {
                newKind = said;
            }
        }
    }

    private Kinds.Said readWhatIsSaid() {
        var happened = Lever.Trigger.INVOICED;
        var attributes = new EnumMap<Selection.Attribute, String>(Selection.Attribute.class);
        for (var field : kindFields) {
            if (!fetch(field)) {
                continue;
            }
            checkIdentifier(field, Checks.LONGEST_ATTRIBUTE);
            var text = cut.text();
            if (field == Field.EVENT) {
                var event = EVENTS.get(text);
                if (event == null) {
                    refuse(field, Code.UNKNOWN_EVENT);
                } else {
                    happened = event;
                }
                continue;
            }
            if (field == Field.TRIAL && !text.equals("true") && !text.equals("false")) {
                refuse(field, Code.NOT_TRUE_OR_FALSE);
            }
            attributes.put(Selection.Attribute.valueOf(field.name()), text);
        }
        return new Kinds.Said(happened, attributes);
    }

    private void checkIdentifier(Field field, int longest) {
        var fault = Checks.identifier(cut, longest);
        if (fault != null) {
            refuse(field, fault, Map.of("limit", Integer.toString(longest)));
        }
    }

    private void readLineId() {
        if (fetches.get(Field.LINE_ID) == null) {
            lineId = hash.of(row.cells);
            return;
        }
        if (fetchNeeded(Field.LINE_ID)) {
            checkIdentifier(Field.LINE_ID, Checks.LONGEST_LINE_ID);
            lineId = cut.copy();
        }
    }

    /** Only a line that is accepted registers what it names. */
    private void register() {
        if (location == NONE && newLocation != null) {
            refusal = newLocation.register();
            fetch(Field.LOCATION);
            location = registrar.locations.find(cut);
        }
        if (product == NONE && newProduct != null && refusal == null) {
            refusal = newProduct.register();
            fetch(Field.PRODUCT);
            product = registrar.products.find(cut);
        }
        if (customer == NONE && refusal == null) {
            var country = fetch(Field.CUSTOMER_COUNTRY) ? Countries.code(countries.find(cut)) : null;
            var name = fetch(Field.CUSTOMER_NAME) ? cut.text() : null;
            var segment = fetch(Field.CUSTOMER_SEGMENT) ? cut.text() : null;
            customer = registrar.customer(customerCut, name, country, segment);
        }
        if (newKind != null && refusal == null) {
            kind = registrar.kinds.register(newKind);
            kinds.put(kindKey.bytes, 0, kindKey.length, kind);
        }
        if (fetch(Field.ORDER)) {
            order = orders.of(location, cut);
        }
    }

    /** Whether the field has a value, which {@link #cut} then holds. */
    private boolean fetch(Field field) {
        var fetch = fetches.get(field);
        if (fetch == null) {
            cut.set(cut.bytes, 0, 0);
            return false;
        }
        fetch.into(cut);
        return !cut.isEmpty();
    }

    private boolean fetchNeeded(Field field) {
        if (fetch(field)) {
            return true;
        }
        refuse(field, Code.MISSING);
        return false;
    }

    private void refuse(Field field, Code code) {
        refuse(field, code, Map.of());
    }

    private void refuse(Field field, Code code, Map<String, String> arguments) {
        if (refusal == null) {
            var columns = mapping.source(field).columns();
            var column = columns.isEmpty() ? field.key() : String.join(" ", columns);
            refusal = new Refusal(null, row.cells.row, column, cut.text(), code, arguments);
        }
    }
}
