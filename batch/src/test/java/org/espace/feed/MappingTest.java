package org.espace.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingTest {

    private static final String WHOLE = """
            mapping: test
            lines:
              location: dealer
              day: day
              product: product
              amount: amount
              currency: {constant: EUR}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, quoteCharacter = '`', textBlock = """
            instead of                  | is written                          | message
            mapping: test               | mapping: A test                     | line 1: a name of small letters
            mapping: test               | mapping: test\\ncolour: red         | line 2: 'colour' is not understood; allowed: mapping, file, lines
            mapping: test               | mapping: test\\nmapping: again      | line 2: 'mapping' is there twice
            '  day: day'                | '  date: day'                       | line 4: 'date' is not understood; allowed: line-id, location, day
            '  day: day\\n'             | ''                                  | line 3: 'day' is missing
            amount: amount              | amount: {sum: [a, b]}               | line 6: 'sum' is not understood; allowed: constant, joined, first-of, times
            amount: amount              | amount: {times: a}                  | line 6: a list such as [A, B] is needed
            amount: amount              | amount: amount\\n  status: status   | line 1: 'status' among the lines and 'statuses' need each other
            mapping: test               | mapping: test\\nformats: {date: DD}  | line 2: a date format has yyyy
            mapping: test               | mapping: test\\nfile: {separator: x} | line 2: the separator is one of
            mapping: test               | mapping: test\\nfile: {encoding: x}  | line 2: unknown encoding
            mapping: test               | mapping: test\\nformats: {extra-decimals: 99} | line 2: a number from 0 to 12
            mapping: test               | mapping: test\\nbeside: {../x.csv: {key: a, columns: [b]}} | line 2: the name of a file beside the feed
            amount: amount              | amount: {optional: amount}          | line 6: 'optional' is not understood; allowed: constant, joined, first-of, times
            mapping: test               | mapping: test\\nregisters: {plans: {from: feed}} | line 2: 'plans' come from a file beside the feed
            mapping: test               | mapping: test\\nregisters: {lists: {from: l, location: a, list: {optional: b}}} | line 2: 'optional' is not understood
            mapping: test               | 'mapping: [test'                     | line
            """)
    void whatIsNotUnderstoodIsNamedWithItsLine(String part, String written, String message) {
        var yaml = WHOLE.replace(unquoted(part), unquoted(written));

        assertThatThrownBy(() -> Mapping.read(yaml))
                .isInstanceOf(MappingInvalid.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void anEmptyMappingIsRefused() {
        assertThatThrownBy(() -> Mapping.read("")).isInstanceOf(MappingInvalid.class);
        assertThatThrownBy(() -> Mapping.read("- a\n- b")).isInstanceOf(MappingInvalid.class);
    }

    @Test
    void aChangedColumnMakesAnotherReading() {
        var mapping = Mapping.read(WHOLE);
        var changed = mapping.with(Map.of(Field.LOCATION, "shop"));

        assertThat(mapping.reading()).isEqualTo("test");
        assertThat(changed.reading()).isEqualTo("test{location=shop}");
        assertThat(changed.columnsNeeded()).contains("shop").doesNotContain("dealer");
    }

    private static String unquoted(String text) {
        return text.replaceAll("^'|'$", "").replace("\\n", "\n");
    }
}
