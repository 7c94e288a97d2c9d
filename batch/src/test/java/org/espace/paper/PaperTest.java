package org.espace.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.espace.engine.Step;
import org.espace.terms.TermsReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaperTest {

    private static final Path EXAMPLE = Path.of("..", "docs", "examples", "rate");

    @TempDir
    Path folder;

    /** The figures are worked out by hand: 4% of cloud up to 100 per customer, and 1% of a quarter, 2% from 5,000 on. */
    @Test
    void theExampleEarnsWhatItsFiguresSay() throws IOException {
        assertThat(told(example(null).lines()))
                .containsExactly(
                        "2 cloud EARNED 40.00 24.00 16.00",
                        "2 volume EARNED 10.00 6.00 4.00",
                        "3 cloud CAP_LIMITED 60.00 36.00 24.00",
                        "3 volume EARNED 20.00 12.00 8.00",
                        "4 volume TIER_REACHED 80.00 48.00 32.00",
                        "5 cloud CAP_REACHED 0.00 0.00 0.00",
                        "5 volume EARNED -10.00 -6.00 -4.00",
                        "6 - NOT_ENROLLED_THEN",
                        "7 cloud EARNED 4.00 2.40 1.60",
                        "7 volume EARNED 1.00 0.60 0.40",
                        "8 - IVDPOE",
                        "9 volume ROUNDS_TO_ZERO 0.00 0.00 0.00",
                        "10 volume EARNED 14.00 8.40 5.60");
    }

    @Test
    void totalsAddUp() throws IOException {
        var report = example(null);
        assertThat(report.earned())
                .extracting(row ->
                        row.location() + " " + row.lever() + " " + row.amount() + " " + row.rebate() + " " + row.coop())
                .containsExactly(
                        "LYON cloud 100.00 EUR 60.00 EUR 40.00 EUR",
                        "LYON volume 114.00 EUR 68.40 EUR 45.60 EUR",
                        "NANTES cloud 4.00 EUR 2.40 EUR 1.60 EUR",
                        "NANTES volume 1.00 EUR 0.60 EUR 0.40 EUR");
        assertThat(report.received())
                .extracting(row -> row.location() + " " + row.currency() + " " + row.received() + " " + row.eligible()
                        + " " + row.ineligible() + " " + row.pending())
                .containsExactly(
                        "LYON EUR 6000.30 5700.30 300.00 0.00",
                        "NANTES EUR 90.00 0.00 90.00 0.00",
                        "NANTES USD 120.00 120.00 0.00 0.00");
        assertThat(report.received()).allMatch(PaperReport.Received::agrees);
    }

    @Test
    void whatWasLearnedLaterIsLeftOut() throws IOException {
        var report = example(LocalDate.of(2026, 3, 31));
        assertThat(report.leftOut()).isEqualTo(2);
        assertThat(report.lines()).extracting(PaperReport.Line::row).doesNotContain(9L, 10L);
    }

    @Test
    void aLineCarriesItsCalculationWhenAsked() throws IOException {
        var facts = FactsFolder.read(EXAMPLE.resolve("facts"), List.of(TermsReader.read(exampleTerms())), null);
        var converted = Paper.rate(facts, null, true).lines().stream()
                .filter(line -> line.currency().equals("USD"))
                .findFirst()
                .orElseThrow();
        assertThat(converted.steps())
                .extracting(Step::code)
                .startsWith("CONVERTED", "RATE")
                .endsWith("SPLIT");
        assertThat(Objects.requireNonNull(converted.basis())).isEqualByComparingTo("100.00");
    }

    @Test
    void aZeroCarriesWhatWouldHaveHelpedWhenAsked() throws IOException {
        var facts = FactsFolder.read(EXAMPLE.resolve("facts"), List.of(TermsReader.read(exampleTerms())), null);
        var lines = Paper.rate(facts, null, true).lines();
        assertThat(lines.stream()
                        .flatMap(line -> line.zeros().stream()
                                .map(zero -> line.row() + " " + zero.lever() + " "
                                        + zero.verdict().changes())))
                .containsExactly(
                        "6 cloud [SellOn[day=2026-01-01]]",
                        "6 volume [SellOn[day=2026-01-01]]",
                        "8 cloud [Clear[disposition=1]]",
                        "8 volume [Clear[disposition=1]]",
                        "9 volume [LargerAmount[atLeast=0.50 EUR]]");
    }

    @Test
    void salesAloneAreEnough() throws IOException {
        write("sales.csv", "location;day;amount\nLYON;2026-02-01;250.00\n");
        var report = rate();
        assertThat(told(report.lines())).containsExactly("2 volume EARNED 2.50 1.50 1.00");
        assertThat(report.assumed())
                .extracting(Assumption::code)
                .containsExactlyInAnyOrder(
                        Assumption.Code.ENROLLED_ALWAYS,
                        Assumption.Code.PARTNERS_FIT,
                        Assumption.Code.PRODUCTS_WITHOUT_FAMILY,
                        Assumption.Code.CUSTOMERS_WITHOUT_SEGMENT,
                        Assumption.Code.CURRENCY_OF_TERMS);
    }

    @Test
    void amountsAreAsExactAsTheyAreWritten() throws IOException {
        write(
                "sales.csv",
                "location,day,amount,currency\nLYON,2026-02-01,100.123456,EUR\nLYON,2026-02-01,0.000001,EUR\n");
        var report = rate();
        assertThat(report.lines())
                .extracting(line -> Objects.requireNonNull(line.basis()).toPlainString())
                .containsExactly("100.123456", "0.000001");
        assertThat(report.received().getFirst().received()).isEqualByComparingTo("100.123457");
    }

    @Test
    void whatACustomerHasBoughtAndWhereItIsListedIsSaidByTheFacts() throws IOException {
        write("sales.csv", """
                location,day,amount,customer,billing
                LYON,2026-01-10,100.00,C-1,monthly
                LYON,2026-02-10,1200.00,C-1,annual
                LYON,2026-02-11,2400.00,C-2,annual
                LYON,2026-02-12,3600.00,C-3,annual
                """);
        write("customers.csv", "number,lists\nC-1,winter|spring\nC-2,spring\nC-3,\n");
        var terms = TermsReader.read("""
                program: annual
                version: V1
                effective: 2026-01-01/2027-01-01
                currency: EUR
                levers:
                  - id: campaign
                    of: {customer-list: spring}
                    customers: {without: {billing: monthly}, look-back: 12 months, asked-of: {billing: annual}}
                    per: partner
                    period: term
                    rate: 10%
                """);
        var report = Paper.rate(FactsFolder.read(folder, List.of(terms), null), null, false);
        assertThat(report.lines())
                .extracting(line -> line.row() + " " + line.reason())
                .containsExactly("2 EARNED", "3 BOUGHT_BEFORE", "4 EARNED", "5 CUSTOMER_NOT_ON_LIST");
    }

    /** 2 for each active user, once the competency is held; 10% of growth; together at most the plan of 60. */
    @Test
    void everyFileHasItsSay() throws IOException {
        write("sales.csv", """
                location,day,amount,order,happened,billing,known
                LYON,2026-01-10,1000.00,O-1,invoiced,annual,
                LYON,2026-02-10,1500.00,O-2,paid,monthly,
                LYON,2026-01-20,200.00,O-3,,,2026-03-05
                """);
        write("usage.csv", """
                location,day,quantity,unit
                LYON,2026-02-15,40,active-users
                LYON,2026-03-15,20,active-users
                LYON,2026-03-16,5,seats
                """);
        write("holdings.csv", """
                location,kind,code,level,since,until
                LYON,competency,data,gold,2026-02-01,
                """);
        write("plans.csv", """
                location,program,from,until,amount
                LYON,all-files,2026-01-01,2026-07-01,60.00
                """);
        write("customers.csv", "number,country,segment,since\nC-1,FR,corporate,2026-01-01\n");
        write("enrollments.csv", "location,program,since,until\nLYON,all-files,2025-01-01,\n");
        var terms = TermsReader.read("""
                program: all-files
                version: V1
                effective: 2026-01-01/2027-01-01
                currency: EUR
                levers:
                  - id: users
                    of: {unit: active-users}
                    trigger: consumed
                    requires: [{competency: {any-of: [data], level: silver}}]
                    per-unit: 2 EUR
                  - id: growth
                    of: all
                    growth: {over: previous-period}
                    per: partner
                    period: month
                    rate: 10%
                ceilings:
                  - {id: plan, plan: true}
                """);
        var report = Paper.rate(FactsFolder.read(folder, List.of(terms), null), null, false);
        assertThat(report.lines())
                .extracting(line -> line.file().charAt(0) + "" + line.row() + " " + line.appliesTo() + " "
                        + line.lever() + " " + line.reason() + " "
                        + (line.amount() == null ? "" : line.amount().amount()))
                .containsExactly(
                        "s2 2026-01-10 growth EARNED 100.00",
                        "s2 2026-01-10 plan CEILING -40.00",
                        "s3 2026-02-10 growth EARNED 50.00",
                        "s3 2026-02-10 plan CEILING -50.00",
                        "s4 2026-01-20 growth EARNED 20.00",
                        "s4 2026-02-01 growth BASELINE_MOVED -20.00",
                        "s4 2026-01-20 plan CEILING -20.00",
                        "s4 2026-02-01 plan CEILING 20.00",
                        "u2 2026-02-15 users EARNED 80.00",
                        "u2 2026-02-15 plan CEILING -80.00",
                        "u3 2026-03-15 users EARNED 40.00",
                        "u3 2026-03-15 plan CEILING -40.00",
                        "u4 2026-03-16 null NOT_INVOICED ");
        var early = FactsFolder.read(folder, List.of(terms), LocalDate.of(2026, 3, 1));
        assertThat(early.leftOut()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
        file            | header                               | row                               | column      | fault
        sales.csv       | location,day,amount                  | LYON,2026-02-31,1.00              | day         | BAD_DATE
        sales.csv       | location,day,amount                  | LYON,1926-02-01,1.00              | day         | DATE_OUT_OF_RANGE
        sales.csv       | location,day,amount                  | LYON,2026-02-01,"1,00"            | amount      | NOT_A_NUMBER
        sales.csv       | location,day,amount                  | LYON,2026-02-01,=1+1              | amount      | FORMULA
        sales.csv       | location,day,amount                  | LYON,2026-02-01,1.123456789       | amount      | TOO_PRECISE
        sales.csv       | location,day,amount                  | LYON,2026-02-01,9999999999999999  | amount      | TOO_LARGE
        sales.csv       | location,day,amount                  | LYON,2026-02-01,                  | amount      | MISSING
        sales.csv       | location,day,amount                  | @SUM(A1),2026-02-01,1.00          | location    | FORMULA
        sales.csv       | location,day,amount                  | LYON,2026-02-01                   |             | WRONG_FIELD_COUNT
        sales.csv       | location,day,amount,currency         | LYON,2026-02-01,1.00,EURO         | currency    | UNKNOWN_CURRENCY
        sales.csv       | location,day,amount,happened         | LYON,2026-02-01,1.00,shipped      | happened    | UNKNOWN_WORD
        sales.csv       | location,day,amount,outcome          | LYON,2026-02-01,1.00,ineligible   | reason      | MISSING
        sales.csv       | location,day,amount,outcome,reason   | LYON,2026-02-01,1.00,pending,poe  | reason      | NOT_A_CODE
        sales.csv       | location,day,amount,colour           | LYON,2026-02-01,1.00,red          | colour      | UNKNOWN_COLUMN
        sales.csv       | location,day                         | LYON,2026-02-01                   | amount      | MISSING_COLUMN
        sales.csv       | location,day,day,amount              | LYON,2026-02-01,2026-02-01,1.00   | day         | COLUMN_TWICE
        partners.csv    | location,type,country                | PARIS,shop,FR                     | type        | UNKNOWN_WORD
        partners.csv    | location,type,country                | PARIS,direct-reseller,France      | country     | UNKNOWN_COUNTRY
        partners.csv    | location                             | PARIS                             | location    | UNKNOWN_LOCATION
        enrollments.csv | location,program,since               | LYON,other,2026-01-01             | program     | UNKNOWN_PROGRAM
        enrollments.csv | location,program,since,until         | LYON,example-rebate,2026-01-01,2026-01-01 | until | EMPTY_PERIOD
        rates.csv       | day,currency,rate                    | 2026-01-01,USD,0                  | rate        | NOT_ABOVE_ZERO
        holdings.csv    | location,kind,code,since             | LYON,badge,X,2026-01-01           | kind        | UNKNOWN_WORD
        plans.csv       | location,program,from,until,amount   | LYON,example-rebate,2026-01-01,2026-02-01,1.001 | amount | TOO_PRECISE
        customer.csv    | number                               | C-1                               |             | UNKNOWN_FILE
        """)
    void aBadCellIsNamedWithItsPlace(String file, String header, String row, String column, Fault fault)
            throws IOException {
        write("sales.csv", "location,day,amount\nLYON,2026-02-01,250.00\n");
        write(file, header + "\n" + row + "\n");
        var refused = catchThrowableOfType(FactsInvalid.class, this::rate);
        assertThat(refused.cells())
                .extracting(BadCell::file, BadCell::column, BadCell::fault)
                .contains(tuple(
                        fault == Fault.UNKNOWN_LOCATION ? "sales.csv" : file, column == null ? "" : column, fault));
    }

    @Test
    void everythingThatIsWrongIsListedWithItsRow() throws IOException {
        write("sales.csv", "location,day,amount\nLYON,x,1.00\nLYON,2026-02-01,1.00\n,2026-02-01,y\n");
        var refused = catchThrowableOfType(FactsInvalid.class, this::rate);
        assertThat(refused.cells())
                .extracting(cell -> cell.row() + " " + cell.column() + " " + cell.value())
                .containsExactly("2 day x", "4 location ", "4 amount y");
    }

    @Test
    void amountsThatOverflowBesideFinerOnesAreNamed() throws IOException {
        write("sales.csv", "location,day,amount\nLYON,2026-02-01,0.00000001\nLYON,2026-02-01,999999999999999\n");
        var refused = catchThrowableOfType(FactsInvalid.class, this::rate);
        assertThat(refused.cells())
                .extracting(BadCell::row, BadCell::fault)
                .containsExactly(tuple(3L, Fault.TOO_LARGE));
    }

    @Test
    void bytesThatAreNoTextAreRefusedWithTheirRow() throws IOException {
        Files.write(folder.resolve("sales.csv"), new byte[] {'a', '\n', (byte) 0xe9, '\n'});
        var refused = catchThrowableOfType(FactsInvalid.class, this::rate);
        assertThat(refused.cells())
                .extracting(BadCell::row, BadCell::fault)
                .containsExactly(tuple(2L, Fault.WRONG_ENCODING));
    }

    private PaperReport rate() throws IOException {
        return Paper.rate(FactsFolder.read(folder, List.of(TermsReader.read(exampleTerms())), null), null, false);
    }

    private static PaperReport example(@Nullable LocalDate asKnown) throws IOException {
        var facts = FactsFolder.read(EXAMPLE.resolve("facts"), List.of(TermsReader.read(exampleTerms())), asKnown);
        return Paper.rate(facts, asKnown, false);
    }

    private static String exampleTerms() throws IOException {
        return Files.readString(EXAMPLE.resolve("terms.yaml"));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private static List<String> told(List<PaperReport.Line> lines) {
        return lines.stream()
                .map(line -> line.amount() == null || line.rebate() == null || line.coop() == null
                        ? line.row() + " - " + line.reason()
                        : line.row() + " " + line.lever() + " " + line.reason() + " "
                                + line.amount().amount() + " " + line.rebate().amount() + " "
                                + line.coop().amount())
                .toList();
    }
}
