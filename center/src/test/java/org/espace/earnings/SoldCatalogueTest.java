package org.espace.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espace.RoomTest;
import org.espace.eligibility.Holding;
import org.espace.eligibility.Measure;
import org.espace.eligibility.Measures;
import org.espace.eligibility.Standings;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.programs.TermsWords;
import org.espace.terms.Finding;
import org.espace.terms.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a draft may ask of locations, in an instance with the competencies that come with Espace. */
@RoomTest
class SoldCatalogueTest {

    private static final int CONDITION = 6;

    @Autowired
    SoldCatalogue catalogue;

    @Autowired
    Programs programs;

    @Autowired
    Partners partners;

    @Autowired
    Standings standings;

    @Autowired
    Measures measures;

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            condition                                                        | found
            designation: modern-work                                         | ''
            designation: modern-wrk                                          | unknown-code
            points: {area: modern-work, at-least: 25}                        | ''
            points: {area: cloud-productivity, at-least: 25}                 | unknown-area
            competency: {any-of: [cloud-productivity], level: silver}        | ''
            competency: cloud-produktivity                                   | unknown-code
            specialization: modern-work                                      | unknown-code
            agreement: network-membership                                    | ''
            agreement: partner-agreement                                     | ''
            agreement: membership                                            | unknown-code
            measure: {code: never-brought, at-least: 1}                      | unknown-measure
            any-of: [first-sale: true, measure: {code: never-brought, at-least: 1}] | unknown-measure
            first-sale: true                                                 | ''
            """)
    void whatNobodyHoldsDefinesOrBringsIsFoundOnItsLine(String condition, String found) {
        var findings = findings(condition);
        assertThat(findings)
                .extracting(finding -> finding.code().key())
                .containsExactlyElementsOf(found.isEmpty() ? List.of() : List.of(found));
        assertThat(findings).allMatch(finding -> finding.line() == CONDITION);
    }

    @Test
    void whatAFeedHasToldIsKnown() {
        var here = new LocationId(partners.newLocationIds().getAsInt());
        var company = new PartnerId(partners.newPartnerIds().getAsInt());
        partners.register(
                List.of(new Partner(company, "catalogue", "Catalogue", "FR")),
                List.of(new Location(here, company, "catalogue", "Lyon", "FR", "indirect-reseller")));
        standings.register(
                List.of(),
                List.of(
                        held(here, Requirement.Kind.COMPETENCY, "catalogue-cloud"),
                        held(here, Requirement.Kind.CO_SELL, "catalogue-ready")),
                List.of());
        measures.register(
                List.of(new Measure(here, "catalogue-visits", LocalDate.of(2026, 1, 31), BigDecimal.ONE)), "test");

        for (var known : List.of(
                "competency: catalogue-cloud",
                "designation: catalogue-cloud",
                "co-sell: catalogue-ready",
                "measure: {code: catalogue-visits, at-least: 1}")) {
            assertThat(findings(known)).as(known).isEmpty();
        }
        assertThat(findings("co-sell: catalogue-redy"))
                .extracting(Finding::code)
                .containsExactly(Finding.Code.UNKNOWN_CODE);
    }

    @Test
    void itIsSaidInBothLanguages() {
        assertThat(said(Locale.ENGLISH, "designation: modern-wrk"))
                .isEqualTo("The catalogue has no designation modern-wrk: no location holds it, and nothing defines it");
        assertThat(said(Locale.FRENCH, "designation: modern-wrk"))
                .startsWith("Le catalogue ne connaît pas modern-wrk (distinction)\u00a0:");
        assertThat(said(Locale.ENGLISH, "points: {area: moonshine, at-least: 1}"))
                .isEqualTo("No capability score is counted in moonshine");
        assertThat(said(Locale.FRENCH, "measure: {code: never-brought, at-least: 1}"))
                .isEqualTo("Personne n’a encore apporté de chiffre pour never-brought");
    }

    private String said(Locale locale, String condition) {
        return new TermsWords(locale).of(findings(condition).getFirst());
    }

    private List<Finding> findings(String condition) {
        return programs.findings("""
                program: catalogue
                version: V1
                effective: 2026-01-01/2027-01-01
                currency: USD
                requires:
                  - %s
                levers: [{id: core, of: all, rate: 4%%}]
                """.formatted(condition), Optional.of(catalogue.now()));
    }

    private static Holding held(LocationId location, Requirement.Kind kind, String code) {
        return new Holding(location, kind, code, null, LocalDate.of(2026, 1, 1), null);
    }
}
