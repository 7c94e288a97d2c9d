package org.espace.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espace.feed.Code;
import org.espace.feed.FileRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcbRatesTest {

    private static final String RATES = """
            <?xml version="1.0" encoding="UTF-8"?>
            <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
            <Cube><Cube time="2026-01-30"><Cube currency="USD" rate="1.0664"/><Cube currency="JPY" rate="143.55"/></Cube>
            <Cube time="2026-01-29"><Cube currency="USD" rate="1.0701"/></Cube></Cube></gesmes:Envelope>
            """;

    @TempDir
    Path folder;

    @Test
    void readsEachDaysRates() throws IOException {
        var days = EcbRates.read(file(RATES));

        assertThat(days).hasSize(2);
        assertThat(days.getFirst().day()).hasToString("2026-01-30");
        assertThat(days.getFirst().rates().get("JPY")).hasToString("143.55");
        assertThat(days.getLast().rates()).containsOnlyKeys("USD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no xml at all",
                "<rates/>",
                "<Cube time='2026-01-30'><Cube currency='USD' rate='0'/></Cube>",
                "<Cube time='2026-01-30'><Cube currency='USD' rate='-1'/></Cube>",
                "<Cube time='2026-01-30'><Cube currency='USD' rate='1e3'/></Cube>",
                "<Cube time='2026-01-30'><Cube currency='usd' rate='1'/></Cube>",
                "<Cube time='30/01/2026'><Cube currency='USD' rate='1'/></Cube>",
                "<Cube><Cube currency='USD' rate='1'/></Cube>",
                "<Cube time='2026-01-30'><Cube currency='USD' rate='1'>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><Cube time='2026-01-30'><Cube currency='USD' rate='&e;'/></Cube>"
            })
    void whatIsNoPublicationIsRefused(String xml) throws IOException {
        var file = file(xml);

        assertThatThrownBy(() -> EcbRates.read(file))
                .isInstanceOfSatisfying(
                        FileRefused.class, refused -> assertThat(refused.code()).isEqualTo(Code.NOT_RATES));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("rates.xml"), text);
    }
}
