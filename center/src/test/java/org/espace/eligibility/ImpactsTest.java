package org.espace.eligibility;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.espace.db.eligibility.Tables.IMPACT_MOVE;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import jakarta.servlet.http.Cookie;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.espace.RoomTest;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.SignedIn;
import org.espace.access.UserId;
import org.espace.batch.Progress;
import org.espace.eligibility.ImpactAsked.State;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.terms.TermsInvalid;
import org.espace.terms.TermsReader;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** A measure takes the place of another: whoever has the one goes out, and whoever has the other comes in. */
@RoomTest
class ImpactsTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @Autowired
    Eligibilities eligibilities;

    @Autowired
    ImpactsAtWork atWork;

    @Autowired
    ImpactStore store;

    @Autowired
    Measures measures;

    @Autowired
    Programs programs;

    @Autowired
    Partners partners;

    @Autowired
    DSLContext sql;

    @Autowired
    MockMvcTester web;

    @Autowired
    Clock clock;

    String name;
    LocalDate today;
    Location goes;
    Location comes;
    String draft;

    private final Map<String, Cookie> cookies = new HashMap<>();

    @BeforeEach
    void twoLocations() {
        name = "impact-" + COUNT.incrementAndGet();
        today = LocalDate.now(clock);
        var company = new PartnerId(partners.newPartnerIds().getAsInt());
        goes = place(company, "1");
        comes = place(company, "2");
        partners.register(List.of(new Partner(company, name, "Brisolane " + name, "FR")), List.of(goes, comes));
        measures.register(List.of(measure(goes, name + "-old"), measure(comes, name + "-new")), "test");
        programs.publish(terms("V1", name + "-old"), "test");
        draft = terms("V2", name + "-new");
    }

    @AfterEach
    void nobodyIsAtWork() {
        eligibilities.impactAtWork().ifPresent(left -> eligibilities.cancelImpact(left.id(), "test"));
    }

    @Test
    void aDraftSaysWhoWouldComeInAndWhoWouldGoOutAndChangesNothing() throws InterruptedException {
        var before = answersAndVerdicts();
        eligibilities.beginImpact(draft, "ann");
        var asked = ended();
        var impact = eligibilities.impact(asked);

        assertThat(asked.state()).isEqualTo(State.DONE);
        assertThat(asked.askedBy()).isEqualTo("ann");
        assertThat(asked.howFar().percent()).isEqualTo(100);
        assertThat(impact.draft()).isEqualTo(TermsReader.read(draft));
        assertThat(impact.standing()).isEqualTo("V1");
        assertThat(impact.comeIn()).isEqualTo(1);
        assertThat(impact.goOut()).isEqualTo(1);
        assertThat(impact.moves())
                .extracting(Impact.Move::location, move -> move.change().after(), Impact.Move::missing)
                .contains(
                        tuple(goes, Verdict.NOT_YET_KNOWN, impact.draft().conditions()),
                        tuple(comes, Verdict.ELIGIBLE, List.of()));
        assertThat(impact.conditions()).singleElement().satisfies(one -> {
            assertThat(one.met()).isEqualTo(1);
            assertThat(one.notYetKnown()).isPositive();
            assertThat(one.alone()).isEqualTo(one.notYetKnown());
        });
        assertThat(answersAndVerdicts()).isEqualTo(before);
    }

    @Test
    void whatIsCancelledStopsAndLeavesNothing() {
        var impact = begun();
        var seen = new ArrayList<Long>();
        atWork.work(impact, (step, done, total) -> {
            seen.add(total);
            CompletableFuture.runAsync(() -> eligibilities.cancelImpact(impact, "ben"))
                    .join();
        });

        assertThat(seen).containsExactly(0L);
        assertThat(store.find(impact)).hasValueSatisfying(asked -> {
            assertThat(asked.state()).isEqualTo(State.CANCELLED);
            assertThat(asked.endedBy()).isEqualTo("ben");
        });
        assertThat(moves(impact)).isZero();
        eligibilities.cancelImpact(impact, "cid");
        assertThat(store.find(impact).orElseThrow().endedBy()).isEqualTo("ben");
    }

    @Test
    void whatAKilledProcessHasBegunIsBegunAgainAndKeptOnce() throws InterruptedException {
        var impact = begun();
        store.note(impact, 1, 7, clock.instant());

        atWork.takeUpWhatIsLeft();
        assertThat(ended().state()).isEqualTo(State.DONE);
        var kept = moves(impact);
        assertThat(kept).isPositive();
        atWork.work(impact, Progress.SILENT);
        assertThat(moves(impact)).isEqualTo(kept);
    }

    @Test
    void whatFailsSaysSoAndLetsTheNextOneBegin() throws InterruptedException {
        var impact = begun();
        atWork.work(impact, (step, done, total) -> {
            throw new IllegalStateException("the disk is full");
        });

        assertThat(store.find(impact).orElseThrow().state()).isEqualTo(State.FAILED);
        assertThat(moves(impact)).isZero();
        eligibilities.beginImpact(draft, "ann");
        assertThat(ended().state()).isEqualTo(State.DONE);
    }

    @Test
    void oneIsAtWorkAtATimeAndATextThatIsNoTermsIsRefused() {
        var first = begun();
        assertThat(store.insert(TermsReader.read(draft), draft, today, "ben", clock.instant()))
                .isEmpty();
        assertThat(eligibilities.impactAtWork())
                .hasValueSatisfying(asked -> assertThat(asked.id()).isEqualTo(first));
        assertThatThrownBy(() -> eligibilities.beginImpact("program: ?", "ann")).isInstanceOf(TermsInvalid.class);
    }

    @Test
    void thePageShowsHowFarItIsAndThenTheLastOneWithItsTime() throws InterruptedException {
        post("/console/terms/draft", draft);
        assertThat(page()).contains("It has not been worked out yet.");

        var left = begun();
        store.note(left, 250, 1_000, clock.instant());
        assertThat(page()).contains(name + " V2 is being tried on every location", "250 of 1,000 · 25%", "Cancel it");
        assertThat(post("/console/terms/draft/impact/" + left + "/cancellation", ""))
                .hasStatus(302);
        assertThat(page()).contains("eligibility@example.com cancelled it");

        assertThat(post("/console/terms/draft/impact", "")).hasStatus(302);
        ended();
        assertThat(page())
                .contains("compared with V1", "for eligibility@example.com", "Lyon " + name, "Work it out again")
                .doesNotContain("The draft has been changed since then");
        var number = eligibilities.impacts(name).getFirst().id();
        assertThat(body(get("/console/impacts/" + number))).contains("compared with V1");
        assertThat(get("/console/impacts/" + left)).hasStatus(404);
        assertThat(body(get("/console/impacts/" + number + "/locations.csv")))
                .contains("\"" + name + "-1\"", "measure: {code: " + name + "-new, at-least: 5}");

        post("/console/terms/draft", draft.replace("4%", "5%"));
        assertThat(page()).contains("The draft has been changed since then");
    }

    private int begun() {
        return store.insert(TermsReader.read(draft), draft, today, "ann", clock.instant())
                .orElseThrow();
    }

    private ImpactAsked ended() throws InterruptedException {
        for (var waited = Duration.ZERO; waited.compareTo(LONG_ENOUGH) < 0; waited = waited.plusMillis(20)) {
            var last = eligibilities.impacts(name).getFirst();
            if (last.state() != State.AT_WORK) {
                return last;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("it has not ended");
    }

    private int moves(int impact) {
        return sql.fetchCount(IMPACT_MOVE, IMPACT_MOVE.IMPACT_ID.eq(impact));
    }

    private int answersAndVerdicts() {
        return sql.fetchSingle(
                        "select (select count(*) from eligibility.answer) + (select count(*) from eligibility.verdict)")
                .get(0, int.class);
    }

    private Measure measure(Location location, String code) {
        return new Measure(location.id(), code, today, BigDecimal.TEN);
    }

    private Location place(PartnerId company, String number) {
        return new Location(
                new LocationId(partners.newLocationIds().getAsInt()),
                company,
                name + "-" + number,
                "Lyon " + name,
                "FR",
                "indirect-reseller");
    }

    private String terms(String version, String measure) {
        return """
                program: %s
                version: %s
                effective: %s/%s
                currency: USD
                requires: {measure: {code: %s, at-least: 5}}
                levers: [{id: core, of: all, rate: 4%%}]
                """.formatted(name, version, today.minusYears(2), today.plusYears(1), measure);
    }

    private String page() {
        return body(get("/console/terms/draft/impact"));
    }

    private MvcTestResult get(String path) {
        return exchange(web.get().uri(path));
    }

    private MvcTestResult post(String path, String text) {
        return exchange(web.post().uri(path).param("text", text).with(csrf()));
    }

    /** Keeps its cookies, as a browser does: the draft lives in the session. */
    private MvcTestResult exchange(MockMvcTester.MockMvcRequestBuilder request) {
        request.header("Accept-Language", "en").with(authentication(manager()));
        if (!cookies.isEmpty()) {
            request.cookie(cookies.values().toArray(Cookie[]::new));
        }
        var answer = request.exchange();
        for (var cookie : answer.getResponse().getCookies()) {
            cookies.put(cookie.getName(), cookie);
        }
        return answer;
    }

    private static UsernamePasswordAuthenticationToken manager() {
        var manager = new SignedIn(
                new UserId(1),
                "eligibility@example.com",
                "Eligibility",
                "en",
                null,
                null,
                List.of(Grant.atVendor(Role.PROGRAM_MANAGER)));
        return UsernamePasswordAuthenticationToken.authenticated(manager, null, List.of());
    }

    private static String body(MvcTestResult result) {
        return new String(result.getResponse().getContentAsByteArray(), UTF_8);
    }
}
