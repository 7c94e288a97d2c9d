package org.espace.dashboard;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.espace.RoomTest;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.SignedIn;
import org.espace.access.UserId;
import org.espace.batch.Progress;
import org.espace.earnings.Dimension;
import org.espace.earnings.EarningLine;
import org.espace.earnings.Earnings;
import org.espace.earnings.EarningsFilter;
import org.espace.earnings.LineOrder;
import org.espace.earnings.Visible;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.sales.LoadOrder;
import org.espace.sales.Sales;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * An incentives user of one location and one program, and what they see of that location, of another one, of another
 * program and of another organization: on every route that shows something of a partner.
 */
@RoomTest
class ScopesTest {

    private static final Path FEED = Path.of("target/room-tests/scopes");
    private static final Path REVIEWED = Path.of("src/test/resources/org/espace/dashboard/scopes.txt");
    private static final Path FOUND = Path.of("target/scopes.txt");
    private static final String PROGRAM = "northwind";

    @Autowired
    Sales sales;

    @Autowired
    Earnings earnings;

    @Autowired
    Partners partners;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping routes;

    @Autowired
    MockMvcTester web;

    @BeforeEach
    void twoLocationsInTwoProgramsAndAnotherPartner() throws IOException {
        if (partners.find("SCOPE").isPresent()) {
            return;
        }
        Files.createDirectories(FEED);
        Files.writeString(FEED.resolve("partners.csv"), """
                partner,partner_name,partner_country,location,location_name,location_country,type
                SCOPE,Scoped,FR,SCOPE-1,Scoped Lyon,FR,indirect-reseller
                SCOPE,Scoped,FR,SCOPE-2,Scoped Nantes,FR,indirect-reseller
                SCOTH,Other,FR,SCOTH-1,Other Paris,FR,indirect-reseller
                """);
        Files.writeString(FEED.resolve("products.csv"), """
                product,name,family,solution_area
                SCOPE-M365,Business Premium,m365,modern-work
                """);
        Files.writeString(FEED.resolve("enrollments.csv"), """
                location,program,since,until
                SCOPE-1,northwind,1996-07-01,
                SCOPE-1,steelwheels,2003-01-01,
                SCOPE-2,northwind,1996-07-01,
                SCOTH-1,northwind,1996-07-01,
                """);
        Files.writeString(FEED.resolve("sales.csv"), """
                line_id,location,day,customer,customer_name,customer_country,customer_segment,product,quantity,amount,currency,status
                SC-1,SCOPE-1,1996-09-10,SCOPE-C1,Alder,FR,corporate,SCOPE-M365,10,1010.00,USD,invoiced
                SC-2,SCOPE-2,1996-10-11,SCOPE-C2,Birch,FR,corporate,SCOPE-M365,20,2020.00,USD,invoiced
                SC-3,SCOPE-1,2003-08-12,SCOPE-C3,Cedar,FR,corporate,SCOPE-M365,1,310.00,USD,invoiced
                SC-4,SCOTH-1,1996-11-12,SCOPE-C4,Dogwood,FR,corporate,SCOPE-M365,1,4040.00,USD,invoiced
                """);
        sales.load(FEED.resolve("sales.csv"), new LoadOrder("espace"), "test", Progress.SILENT);
        earnings.refresh("test", Progress.SILENT);
    }

    @Test
    void totalsAreThoseOfTheVisiblePart() {
        assertThat(earned(all())).isEqualTo("133.60");
        assertThat(earned(new Visible.Part(location("SCOPE-1"), null))).isEqualTo("52.80");
        assertThat(earned(new Visible.Part(null, PROGRAM))).isEqualTo("121.20");
        assertThat(earned(new Visible.Part(location("SCOPE-1"), PROGRAM))).isEqualTo("40.40");
        assertThat(earned(new Visible.Part(location("SCOPE-2"), PROGRAM), new Visible.Part(null, "steelwheels")))
                .isEqualTo("93.20");
        assertThat(earned(new Visible.Part(location("SCOPE-2"), "steelwheels"))).isEqualTo("0");
        assertThat(earned()).isEqualTo("0");
    }

    @Test
    void everyRouteShowsWhatTheReviewedListSays() throws IOException {
        var found = new TreeMap<String, String>();
        for (var route : routes.getHandlerMethods().keySet()) {
            for (var pattern : route.getPatternValues()) {
                var methods = route.getMethodsCondition().getMethods();
                if (pattern.contains("{partner}")
                        && !pattern.startsWith("/console/")
                        && methods.contains(RequestMethod.GET)) {
                    found.put(
                            "GET " + pattern,
                            relations().entrySet().stream()
                                    .map(relation -> answer(pattern, relation.getValue()))
                                    .collect(Collectors.joining(" ")));
                }
            }
        }
        var heading = "# columns: " + String.join(" | ", relations().keySet());
        var widest = found.keySet().stream().mapToInt(String::length).max().orElse(0);
        Files.writeString(
                FOUND,
                found.entrySet().stream()
                        .map(row ->
                                row.getKey() + " ".repeat(widest - row.getKey().length()) + " | " + row.getValue())
                        .collect(Collectors.joining("\n", heading + "\n", "\n")));
        System.out.printf(
                "matrix: %d routes x %d relations = %d cells%n",
                found.size(), relations().size(), found.size() * relations().size());
        var reviewed = Files.readAllLines(REVIEWED);
        assertThat(reviewed).contains(heading);
        var list = new TreeMap<String, String>();
        reviewed.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\\s*\\|\\s*", 2))
                .forEach(cells -> list.put(cells[0].strip(), cells[1].strip()));
        assertThat(found).containsExactlyEntriesOf(list);
        assertThat(found.values().stream()
                        .filter(answers -> answers.substring(2).contains("y"))
                        .toList())
                .as("outside of the scope nothing is ever shown")
                .isEmpty();
    }

    /** The pages take what their reader may see from one place, and none asks for a whole partner. */
    @Test
    void noPageAsksForMoreThanItsReaderMaySee() {
        noClasses()
                .that()
                .resideInAPackage("org.espace.dashboard")
                .should()
                .callMethodWhere(describe(
                        "earnings are asked for a whole partner",
                        (JavaMethodCall call) ->
                                call.getTargetOwner().getPackageName().equals("org.espace.earnings")
                                        && call.getTarget().getRawParameterTypes().stream()
                                                .anyMatch(type -> type.isEquivalentTo(PartnerId.class))))
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.espace.dashboard"));
    }

    /** Something that a page could show, and by which it is recognized there. */
    private record Thing(PartnerId partner, EarningLine line, String customer, String customerId, String amount) {}

    private Map<String, Thing> relations() {
        var ours = partner("SCOPE");
        var relations = new LinkedHashMap<String, Thing>();
        relations.put("in scope", thing(ours, "Alder", "40.40"));
        relations.put("other location", thing(ours, "Birch", "80.80"));
        relations.put("other program", thing(ours, "Cedar", "12.40"));
        relations.put(
                "customer out of scope",
                new Thing(ours, line(ours, "Alder"), "Birch", customer(ours, "Birch"), "80.80"));
        relations.put("other organization", thing(partner("SCOTH"), "Dogwood", "161.60"));
        return relations;
    }

    private Thing thing(PartnerId partner, String customer, String amount) {
        return new Thing(partner, line(partner, customer), customer, customer(partner, customer), amount);
    }

    /** y: shown; e: opens without it; 0: not found; n: refused. */
    private String answer(String pattern, Thing thing) {
        var line = thing.line();
        var path = pattern.replace("{partner}", thing.partner().toString())
                .replace("{line}", line.id())
                .replace("{month}", line.day().toString().substring(0, 7))
                .replace("{program}", "northwind")
                .replace("{version}", "1996")
                .replaceAll("\\{[^}]+}", "1");
        var customer = "Alder".equals(line.customer()) && !"Alder".equals(thing.customer());
        var query = customer
                ? "?customer=" + thing.customerId()
                : "?location=" + line.location() + "&program=" + line.program() + "&customer=" + thing.customerId();
        var result = get(path + (pattern.contains("{line}") || pattern.contains("/activity") ? "" : query));
        var status = result.getResponse().getStatus();
        if (status == 403) {
            return "n";
        }
        if (status == 404) {
            return "0";
        }
        assertThat(status).as(path).isLessThan(500);
        var body = new String(result.getResponse().getContentAsByteArray(), UTF_8);
        return body.contains(thing.customer()) || body.contains(thing.amount()) ? "y" : "e";
    }

    private MvcTestResult get(String path) {
        var ours = partner("SCOPE");
        var user = new SignedIn(
                new UserId(1),
                "scopes@example.com",
                "Scopes",
                "en",
                ours.value(),
                null,
                List.of(Grant.at(ours, Role.INCENTIVES_USER, location("SCOPE-1"), PROGRAM)));
        return web.method(HttpMethod.GET)
                .uri(URI.create(path))
                .header("Accept-Language", "en")
                .with(authentication(UsernamePasswordAuthenticationToken.authenticated(user, null, List.of())))
                .exchange();
    }

    private EarningLine line(PartnerId partner, String customer) {
        return earnings.lines(EarningsFilter.all(partner), LineOrder.newestFirst()).lines().stream()
                .filter(line ->
                        customer.equals(line.customer()) && !line.amount().isZero())
                .findFirst()
                .orElseThrow();
    }

    private String customer(PartnerId partner, String name) {
        return earnings.totals(EarningsFilter.all(partner), Dimension.CUSTOMER).stream()
                .filter(total -> total.name().equals(name))
                .findFirst()
                .orElseThrow()
                .key();
    }

    private String earned(Visible.Part... parts) {
        return earnings
                .totals(EarningsFilter.all(new Visible(partner("SCOPE"), Set.of(parts))), Dimension.LOCATION)
                .stream()
                .map(total -> total.amount().amount())
                .reduce(BigDecimal::add)
                .map(Object::toString)
                .orElse("0");
    }

    private static Visible.Part all() {
        return new Visible.Part(null, null);
    }

    private PartnerId partner(String number) {
        return partners.find(number).orElseThrow().id();
    }

    private LocationId location(String number) {
        return partners.locations(partner("SCOPE")).stream()
                .filter(location -> location.number().equals(number))
                .map(Location::id)
                .findFirst()
                .orElseThrow();
    }
}
