package org.espace.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.espace.terms.Requirement.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What files beside a feed say of customers and locations. */
class StandingTest {

    private static final String MAPPING = Vendor.MAPPING + """
            registers:
              customers: {from: customers, optional: true, customer: number, name: {optional: name}, since: since}
              customer-lists: {from: customer-lists, optional: true, customer: number, list: list, listed: {optional: listed}}
              enrollments: {from: enrollments, optional: true, location: location, program: program, since: since, until: until}
              lists: {from: lists, optional: true, location: location, list: list, listed: {optional: listed}}
              holdings:
                {from: holdings, optional: true, location: location, kind: kind, code: code, level: level, since: since, until: until}
              plans: {from: plans, optional: true, location: location, program: program, since: since, until: until, amount: amount}
              measures: {from: measures, optional: true, location: location, code: code, day: day, value: value}
            """;

    @TempDir
    Path folder;

    private Vendor vendor;

    @BeforeEach
    void openLake() {
        vendor = new Vendor(folder);
    }

    @Test
    void customersAreKnownBeforeTheirLinesAreRead() throws IOException {
        beside("customers", "number,name,since\nC1,Contoso,2019-05-01\nC2,,\n");
        var intake = vendor.load(MAPPING, Vendor.HEADER + "A1,L1,2026-01-31,C1,Other name,P1,3,120.50,EUR,\n");
        var customers = intake.registered().customers();

        assertThat(customers)
                .extracting(customer -> customer.number() + " " + customer.name() + " " + customer.since())
                .containsExactly("C1 Contoso 2019-05-01", "C2 C2 null");
        assertThat(vendor.lines("customer"))
                .containsExactly(String.valueOf(customers.getFirst().id()));

        beside("customers", "number,since\nC1,2019-06-01\n");
        assertThat(vendor.load(MAPPING, Vendor.HEADER).registered().customers())
                .containsExactly(new Registered.Customer(
                        customers.getFirst().id(), "C1", "C1", null, null, LocalDate.of(2019, 6, 1)));
    }

    @Test
    void locationsStandOnListsHoldProofsAndHavePlans() throws IOException {
        beside("lists", "location,list,listed\nL1,spring,\nL2,spring,false\nL1,autumn,true\n");
        beside("holdings", """
                location,kind,code,level,since,until
                L1,competency,cloud-platform,gold,2026-01-01,2026-07-01
                L2,agreement,network-membership,,2025-01-01,
                L2,co-sell,ready,,2025-01-01,2025-01-01
                """);
        beside("plans", "location,program,since,until,amount\nL1,csp,2026-01-01,2026-07-01,25000.5\n");
        var registered = vendor.load(MAPPING, Vendor.HEADER).registered();

        assertThat(registered.listings())
                .containsExactly(
                        new Registered.Listing(1, "spring", true),
                        new Registered.Listing(2, "spring", false),
                        new Registered.Listing(1, "autumn", true));
        assertThat(registered.holdings())
                .containsExactly(
                        new Registered.Holding(
                                1, Kind.COMPETENCY, "cloud-platform", "gold", day("2026-01-01"), day("2026-07-01")),
                        new Registered.Holding(2, Kind.AGREEMENT, "network-membership", null, day("2025-01-01"), null),
                        new Registered.Holding(2, Kind.CO_SELL, "ready", null, day("2025-01-01"), day("2025-01-01")));
        assertThat(registered.plans())
                .containsExactly(new Registered.Plan(
                        1, "csp", day("2026-01-01"), day("2026-07-01"), new BigDecimal("25000.5000")));
    }

    @Test
    void numbersAreMeasuredOfLocationsDayByDay() throws IOException {
        beside("measures", """
                location,code,day,value
                L1,sales-productivity,2026-06-30,1250
                L1,sales-productivity,2026-07-31,-0.000000001
                L2,visits,2027-01-01,999999999999999.500
                """);
        assertThat(vendor.load(MAPPING, Vendor.HEADER).registered().measures())
                .containsExactly(
                        new Registered.Measure(1, "sales-productivity", day("2026-06-30"), new BigDecimal("1250")),
                        new Registered.Measure(
                                1, "sales-productivity", day("2026-07-31"), new BigDecimal("-0.000000001")),
                        new Registered.Measure(2, "visits", day("2027-01-01"), new BigDecimal("999999999999999.5")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, quoteCharacter = '`', textBlock = """
            file        | row                                                | column   | code
            customers   | ,2020-01-01                                        | number   | MISSING
            customers   | =A1,2020-01-01                                     | number   | FORMULA
            customers   | C1,20-01-01                                        | since    | BAD_DATE
            customers   | C1,=TODAY()                                        | since    | FORMULA
            customers   | C1,1001-01-01                                      | since    | DATE_OUT_OF_RANGE
            customers   | C1,+99999-01-01                                    | since    | DATE_OUT_OF_RANGE
            customers   | C\u00071,                                          | number   | CONTROL_CHARACTER
            enrollments | L9,csp,2026-01-01,                                 | location | UNKNOWN_LOCATION
            enrollments | L1,csp,,                                           | since    | MISSING
            enrollments | L1,csp,2026-01-01,2026-01-01                       | until    | EMPTY_PERIOD
            enrollments | L1,csp,2026-01-01,soon                             | until    | BAD_DATE
            lists       | ,spring,                                           | location | MISSING
            lists       | L9,spring,                                         | location | UNKNOWN_LOCATION
            lists       | L1,,                                               | list     | MISSING
            lists       | L1,=A1,                                            | list     | FORMULA
            lists       | L1,spring,no                                       | listed   | NOT_TRUE_OR_FALSE
            lists       | L1,spr\u0007ing,                                   | list     | CONTROL_CHARACTER
            lists       | L1                                                 | ''       | WRONG_FIELD_COUNT
            customer-lists | ,spring,                                        | number   | MISSING
            customer-lists | C9,spring,                                      | number   | UNKNOWN_CUSTOMER
            customer-lists | C1,,                                            | list     | MISSING
            customer-lists | C1,spring,no                                    | listed   | NOT_TRUE_OR_FALSE
            holdings    | ,agreement,a,,2026-01-01,                          | location | MISSING
            holdings    | L9,agreement,a,,2026-01-01,                        | location | UNKNOWN_LOCATION
            holdings    | L1,,a,,2026-01-01,                                 | kind     | MISSING
            holdings    | L1,diploma,a,,2026-01-01,                          | kind     | UNKNOWN_HOLDING
            holdings    | L1,=A1,a,,2026-01-01,                              | kind     | FORMULA
            holdings    | L1,agreement,,,2026-01-01,                         | code     | MISSING
            holdings    | L1,agreement,=A1,,2026-01-01,                      | code     | FORMULA
            holdings    | L1,competency,a,platinum,2026-01-01,               | level    | UNKNOWN_LEVEL
            holdings    | L1,competency,a,gold,,                             | since    | MISSING
            holdings    | L1,competency,a,gold,01/02/2026,                   | since    | BAD_DATE
            holdings    | L1,competency,a,gold,2026-01-02,2026-01-01         | until    | EMPTY_PERIOD
            plans       | L9,csp,2026-01-01,2026-07-01,100                   | location | UNKNOWN_LOCATION
            plans       | L1,,2026-01-01,2026-07-01,100                      | program  | MISSING
            plans       | L1,csp,,2026-07-01,100                             | since    | MISSING
            plans       | L1,csp,2026-01-01,,100                             | until    | MISSING
            plans       | L1,csp,2026-07-01,2026-01-01,100                   | until    | EMPTY_PERIOD
            plans       | L1,csp,2026-01-01,2026-07-01,                      | amount   | MISSING
            plans       | L1,csp,2026-01-01,2026-07-01,-1                    | amount   | NEGATIVE
            plans       | L1,csp,2026-01-01,2026-07-01,=1+1                  | amount   | FORMULA
            plans       | L1,csp,2026-01-01,2026-07-01,many                  | amount   | NOT_A_NUMBER
            plans       | L1,csp,2026-01-01,2026-07-01,"1,5"               | amount   | WRONG_DECIMAL_SEPARATOR
            plans       | L1,csp,2026-01-01,2026-07-01,0.00001               | amount   | TOO_PRECISE
            plans       | L1,csp,2026-01-01,2026-07-01,1e30                  | amount   | TOO_LARGE
            measures    | ,visits,2026-01-01,1                               | location | MISSING
            measures    | L9,visits,2026-01-01,1                             | location | UNKNOWN_LOCATION
            measures    | L1,,2026-01-01,1                                   | code     | MISSING
            measures    | L1,=A1,2026-01-01,1                                | code     | FORMULA
            measures    | L1,Visits,2026-01-01,1                             | code     | NOT_A_CODE
            measures    | L1,v,2026-01-01,1                                  | code     | NOT_A_CODE
            measures    | L1,visits,,1                                       | day      | MISSING
            measures    | L1,visits,2026-13-01,1                             | day      | BAD_DATE
            measures    | L1,visits,2026-01-01,                              | value    | MISSING
            measures    | L1,visits,2026-01-01,=1+1                          | value    | FORMULA
            measures    | L1,visits,2026-01-01,many                          | value    | NOT_A_NUMBER
            measures    | L1,visits,2026-01-01,"1,5"                       | value    | WRONG_DECIMAL_SEPARATOR
            measures    | L1,visits,2026-01-01,0.0000000001                  | value    | TOO_PRECISE
            measures    | L1,visits,2026-01-01,1000000000000000              | value    | TOO_LARGE
            measures    | L1,visits,2026-01-01                               | ''       | WRONG_FIELD_COUNT
            """)
    void whatCannotBeReadIsRefusedAndTheOtherRowsStay(String file, String row, String column, String code)
            throws IOException {
        var header = switch (file) {
            case "customers" -> "number,since";
            case "enrollments" -> "location,program,since,until";
            case "lists" -> "location,list,listed";
            case "customer-lists" -> "number,list,listed";
            case "holdings" -> "location,kind,code,level,since,until";
            case "measures" -> "location,code,day,value";
            default -> "location,program,since,until,amount";
        };
        var good = switch (file) {
            case "customers" -> "C2,2020-01-01";
            case "enrollments" -> "L2,csp,2020-01-01,";
            case "lists" -> "L2,spring,true";
            case "customer-lists" -> "C1,spring,true";
            case "holdings" -> "L2,agreement,a,,2020-01-01,";
            case "measures" -> "L2,visits,2020-01-01,0";
            default -> "L2,csp,2020-01-01,2021-01-01,0";
        };
        vendor.knowsCustomer("C1");
        beside(file, header + "\n" + row + "\n" + good + "\n");
        var intake = vendor.load(MAPPING, Vendor.HEADER);
        var registered = intake.registered();

        assertThat(vendor.refusals()).hasSize(1);
        assertThat(vendor.refusal()).startsWith("1 " + ("''".equals(column) ? "" : column) + " " + code);
        assertThat(intake.refusedBeside()).isEqualTo(1);
        assertThat(registered.customers().size()
                        + registered.enrollments().size()
                        + registered.listings().size()
                        + registered.customerListings().size()
                        + registered.holdings().size()
                        + registered.plans().size()
                        + registered.measures().size())
                .isEqualTo(1);
    }

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    private void beside(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
