package org.espace.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/partners/4/earnings/lines?month=2026-03&customer=7", "/console#loads"})
    void aPageOfThisSiteIsGoneBackTo(String path) {
        assertThat(new LocalPath(path).value()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://elsewhere.example",
                "//elsewhere.example",
                "/\\elsewhere.example",
                "/\t/elsewhere.example",
                "\\\\elsewhere.example",
                "javascript:alert(1)",
                "partners",
                "/{partner}",
                ""
            })
    void anythingElseLeadsHome(String path) {
        assertThat(new LocalPath(path).value()).isEqualTo("/");
    }
}
