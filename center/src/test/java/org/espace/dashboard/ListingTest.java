package org.espace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.espace.terms.Finding;
import org.junit.jupiter.api.Test;

class ListingTest {

    @Test
    void whatWasFoundStandsBesideItsLine() {
        var listing = Listing.of("one\ntwo\nthree", List.of(found(Finding.Code.CLIFF, 2)));
        assertThat(listing.lines().get(1).text()).isEqualTo("two");
        assertThat(listing.lines().get(1).findings()).hasSize(1);
        assertThat(listing.lines().get(0).findings()).isEmpty();
        assertThat(listing.warnings()).isEqualTo(1);
        assertThat(listing.errors()).isZero();
    }

    @Test
    void whatIsFoundOutsideOfTheTextIsSaidAtItsEdge() {
        var listing = Listing.of("one\ntwo", List.of(found(Finding.Code.REFUSED, 0), found(Finding.Code.REFUSED, 9)));
        assertThat(listing.lines().getFirst().findings()).hasSize(1);
        assertThat(listing.lines().getLast().findings()).hasSize(1);
        assertThat(listing.errors()).isEqualTo(2);
    }

    @Test
    void anEmptyTextHasOneEmptyLine() {
        assertThat(Listing.of("", List.of(found(Finding.Code.REFUSED, 1))).errors())
                .isEqualTo(1);
    }

    private static Finding found(Finding.Code code, int line) {
        return new Finding(code, line, Map.of());
    }
}
