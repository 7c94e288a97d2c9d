package org.espace.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.espace.terms.Lever.Trigger;
import org.espace.terms.Selection.Attribute;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A line says of which order it is, what happened to it, and what else it has in common with others. */
class KindsTest {

    static final String MAPPING = Vendor.MAPPING.replace("  status: status\n", """
              status: status
              order: {optional: order}
              event: {optional: event}
              unit: {optional: unit}
              partner-role: {optional: role}
              billing: {optional: billing}
              order-type: {optional: type}
              trial: {optional: trial}
            """);
    private static final String HEADER = "id,dealer,order,event,unit,role,billing,type,trial,day,customer,name,product,"
            + "quantity,amount,currency,status\n";

    @TempDir
    Path folder;

    private Vendor vendor;

    @BeforeEach
    void openLake() {
        vendor = new Vendor(folder);
    }

    @Test
    void whatLinesHaveInCommonIsKeptOnce() {
        var intake = load(
                line("A1", "L1", ",,,,,,"),
                line("A2", "L1", ",invoiced,,,,,"),
                line("A3", "L1", ",paid,seats,,monthly,,"),
                line("A4", "L2", ",paid,seats,,monthly,,"),
                line("A5", "L1", ",consumed,hours,influencer,,renewal,false"),
                line("A6", "L1", ",,,,,,true"));

        assertThat(intake.registered().lineKinds())
                .extracting(kind -> kind.happened(), kind -> kind.attributes())
                .containsExactly(
                        tuple(Trigger.PAID, Map.of(Attribute.UNIT, "seats", Attribute.BILLING, "monthly")),
                        tuple(
                                Trigger.CONSUMED,
                                Map.of(
                                        Attribute.UNIT, "hours",
                                        Attribute.PARTNER_ROLE, "influencer",
                                        Attribute.ORDER_TYPE, "renewal",
                                        Attribute.TRIAL, "false")),
                        tuple(Trigger.INVOICED, Map.of(Attribute.TRIAL, "true")));
        var ids = intake.registered().lineKinds().stream()
                .map(kind -> String.valueOf(kind.id()))
                .toList();
        assertThat(vendor.lines("kind")).containsExactly("0", "0", ids.get(0), ids.get(0), ids.get(1), ids.get(2));

        var next = load(line("B1", "L1", ",paid,seats,,monthly,,"), line("B2", "L1", ",invoiced,,,,,true"));
        assertThat(next.registered().lineKinds()).isEmpty();
        assertThat(vendor.lines("kind").subList(6, 8)).containsExactly(ids.get(0), ids.get(2));
    }

    @Test
    void anOrderIsNumberedByItsLocationAndItsNumber() throws NoSuchAlgorithmException {
        load(
                line("A1", "L1", "PO-1,,,,,,"),
                line("A2", "L1", "PO-1,,,,,,"),
                line("A3", "L1", "PO-2,,,,,,"),
                line("A4", "L2", "PO-1,,,,,,"),
                line("A5", "L1", " PO-1 ,,,,,,"),
                line("A6", "L1", ",,,,,,"));

        var first = hash(1, "PO-1");
        assertThat(vendor.lines("order_id"))
                .containsExactly(first, first, hash(1, "PO-2"), hash(2, "PO-1"), first, "0");
    }

    private static String hash(int location, String order) throws NoSuchAlgorithmException {
        var sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(new byte[] {0, 0, 0, (byte) location});
        return new BigInteger(1, sha256.digest(order.getBytes(UTF_8)))
                .shiftRight(256 - 63)
                .toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            said                   | column  | code
            ,shipped,,,,,          | event   | UNKNOWN_EVENT
            ,Paid,,,,,             | event   | UNKNOWN_EVENT
            ,=A1,,,,,              | event   | FORMULA
            ,,=A1,,,,              | unit    | FORMULA
            ,,,=A1,,,              | role    | FORMULA
            ,,,,=A1,,              | billing | FORMULA
            ,,,,,=A1,              | type    | FORMULA
            ,,,,,,yes              | trial   | NOT_TRUE_OR_FALSE
            ,,,,,,=A1              | trial   | FORMULA
            =A1,,,,,,              | order   | FORMULA
            ,,sea\u0007ts,,,,     | unit    | CONTROL_CHARACTER
            P\u0001O,,,,,,        | order   | CONTROL_CHARACTER
            ,,,,\ufffd,,          | billing | WRONG_ENCODING
            """)
    void whatCannotBeReadIsRefused(String said, String column, String code) {
        var intake = load(line("A1", "L1", ",,,,,,"), line("A2", "L1", said), line("A3", "L1", ",paid,,,,,"));

        assertThat(Vendor.counts(intake)).isEqualTo("3 2 0 0 1");
        assertThat(vendor.refusal()).startsWith("2 " + column + " " + code);
        assertThat(intake.registered().lineKinds()).hasSize(1);
    }

    @Test
    void whatIsTooLongIsRefused() {
        load(
                line("A1", "L1", ",," + "u".repeat(41) + ",,,,"),
                line("A2", "L1", "o".repeat(121) + ",,,,,,"),
                line("A3", "L1", "o".repeat(120) + ",," + "u".repeat(40) + ",,,,"));

        assertThat(vendor.refusals())
                .map(refusal -> refusal.substring(0, refusal.lastIndexOf(' ')))
                .containsExactly("1 unit TOO_LONG", "2 order TOO_LONG");
    }

    @Test
    void aRefusedLineRegistersNoKind() {
        var intake = load(line("A1", "L9", ",paid,seats,,,,"));

        assertThat(Vendor.counts(intake)).isEqualTo("1 0 0 0 1");
        assertThat(intake.registered().lineKinds()).isEmpty();
    }

    @Test
    void aColumnThatHoldsNumbersIsNoKind() {
        var lines = IntStream.rangeClosed(1, Kinds.MOST + 2)
                .mapToObj(row -> line("A" + row, "L1", ",,unit " + Math.min(row, Kinds.MOST + 1) + ",,,,"))
                .collect(joining());
        var intake = vendor.load(MAPPING, HEADER + lines + line("A0", "L1", ",,unit 7,,,,"));

        assertThat(intake.accepted()).isEqualTo(Kinds.MOST + 1);
        assertThat(intake.registered().lineKinds()).hasSize(Kinds.MOST);
        assertThat(vendor.refusals())
                .containsExactly((Kinds.MOST + 1) + "  TOO_MANY_KINDS ", (Kinds.MOST + 2) + "  TOO_MANY_KINDS ");
    }

    @Test
    void aSaleThatWasPaidSinceIsACorrectionAndItsReversalIsOfTheOldKind() throws NoSuchAlgorithmException {
        load(line("A1", "L1", "PO-1,invoiced,seats,,,,"), line("A2", "L1", "PO-1,,,,,,"));
        var intake = load(line("A1", "L1", "PO-1,paid,seats,,,,"), line("A2", "L1", "PO-2,,,,,,"));

        assertThat(Vendor.counts(intake)).isEqualTo("2 0 0 2 0");
        assertThat(vendor.lines("line_id, amount, kind = min(kind) FILTER (kind > 0) OVER (), kind > 0, order_id"))
                .containsExactly(
                        "A1 12050 true true " + hash(1, "PO-1"),
                        "A2 12050 false false " + hash(1, "PO-1"),
                        "A1 -12050 true true " + hash(1, "PO-1"),
                        "A1 12050 false true " + hash(1, "PO-1"),
                        "A2 -12050 false false " + hash(1, "PO-1"),
                        "A2 12050 false false " + hash(1, "PO-2"));
        assertThat(Vendor.counts(load(line("A1", "L1", "PO-1,paid,seats,,,,"), line("A2", "L1", "PO-2,,,,,,"))))
                .isEqualTo("2 0 2 0 0");
    }

    @Test
    void aFileWithoutTheOptionalColumnsSaysNothingOfThem() {
        vendor.load(Vendor.MAPPING, Vendor.HEADER + "A1,L1,2026-01-31,C1,Contoso,P1,3,120.50,EUR,\n");
        var again = vendor.load(MAPPING, Vendor.HEADER + "A1,L1,2026-01-31,C1,Contoso,P1,3,120.50,EUR,\n");

        assertThat(Vendor.counts(again)).isEqualTo("1 0 1 0 0");
        assertThat(vendor.lines("order_id, kind")).containsExactly("0 0");
    }

    private Intake load(String... lines) {
        return vendor.load(MAPPING, HEADER + String.join("", List.of(lines)));
    }

    private static String line(String id, String location, String said) {
        return "%s,%s,%s,2026-01-31,C1,Contoso,P1,3,120.50,EUR,\n".formatted(id, location, said);
    }
}
