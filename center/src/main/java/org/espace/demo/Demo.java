package org.espace.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.Users;
import org.espace.batch.Progress;
import org.espace.earnings.Earnings;
import org.espace.onboarding.SetUps;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.sales.Load;
import org.espace.sales.LoadOrder;
import org.espace.sales.Sales;
import org.espace.web.Instance;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The door to the demo. */
@Component
public class Demo {

    private static final String BY = "demo";
    private static final int LOADS = 1_000;

    private final Sales sales;
    private final Earnings earnings;
    private final Partners partners;
    private final Users users;
    private final DemoOrganizations organizations;
    private final DemoCertifications certifications;
    private final DemoEnrollments enrollments;
    private final SetUps setUps;
    private final Clock clock;
    private final Path folder;
    private final Path passwords;

    Demo(
            Sales sales,
            Earnings earnings,
            Partners partners,
            Users users,
            DemoOrganizations organizations,
            DemoCertifications certifications,
            DemoEnrollments enrollments,
            SetUps setUps,
            Instance instance,
            Clock clock) {
        this.sales = sales;
        this.earnings = earnings;
        this.partners = partners;
        this.users = users;
        this.organizations = organizations;
        this.certifications = certifications;
        this.enrollments = enrollments;
        this.setUps = setUps;
        this.clock = clock;
        this.folder = instance.home().resolve("demo-feed");
        this.passwords = instance.home().resolve("demo-passwords");
    }

    /**
     * Hands the vendor's year in, unless that has been done, and says who may sign in. May be interrupted anywhere and
     * called again: a file that is in already changes nothing.
     */
    public List<DemoAccount> prepare(Progress progress) {
        var loaded = sales.loads(LOADS).stream().map(Load::file).collect(Collectors.toSet());
        if (!loaded.containsAll(DemoFeed.FILES)) {
            handIn(loaded, progress);
        }
        if (!isRefreshed()) {
            earnings.refresh(BY, progress);
        }
        organizations.prepare();
        var accounts = accounts();
        certifications.prepare();
        enrollments.prepare();
        handList();
        return accounts;
    }

    private boolean isRefreshed() {
        var last = earnings.lastRefresh();
        return last.isPresent()
                && sales.loads(1).stream()
                        .noneMatch(load -> load.at().isAfter(last.get().asOf()));
    }

    private void handIn(Set<String> loaded, Progress progress) {
        progress.at("demo.inventing", 0, 0);
        var feed = DemoFeed.write(folder);
        sales.load(feed.rates(), new LoadOrder("ecb"), BY, progress);
        for (var file : feed.sales()) {
            if (!loaded.contains(file.name())) {
                sales.load(file.path(), new LoadOrder("espace"), BY, progress);
            }
        }
    }

    private List<DemoAccount> accounts() {
        var temporary = new TemporaryPasswords(passwords);
        return Stream.of(
                        new Person(
                                "incentives.admin@example.com",
                                Cast.GUIDED_PARTNER,
                                List.of(Role.INCENTIVES_ADMINISTRATOR, Role.GLOBAL_ADMINISTRATOR)),
                        new Person("incentives.user@example.com", Cast.GUIDED_PARTNER, List.of(Role.INCENTIVES_USER)),
                        new Person("setup.admin@example.com", Cast.LISTED_PARTNER, List.of(Role.GLOBAL_ADMINISTRATOR)),
                        new Person(
                                "operator@example.com",
                                "",
                                List.of(Role.OPERATOR, Role.PROGRAM_MANAGER, Role.FINANCE_APPROVER)))
                .map(person ->
                        new DemoAccount(person.email(), person.title().code(), temporaryPassword(person, temporary)))
                .toList();
    }

    /** The vendor has handed a list of one partner that nobody has looked at yet. */
    private void handList() {
        var partner = partners.find(Cast.LISTED_PARTNER).orElseThrow().id();
        if (setUps.find(partner).isEmpty()) {
            try (var list = Objects.requireNonNull(Demo.class.getResourceAsStream("/demo/users.csv"))) {
                setUps.load(list.readAllBytes(), BY);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** @param partner the number of theirs; empty at the vendor */
    private record Person(String email, String partner, List<Role> roles) {

        Role title() {
            return roles.getFirst();
        }

        /** Nobody in particular: accounts of the demo are named after what they may do. */
        String name() {
            var words = title().code().replace('-', ' ');
            return Character.toUpperCase(words.charAt(0)) + words.substring(1);
        }

        List<Grant> grants(@Nullable PartnerId organization) {
            return roles.stream()
                    .map(role -> organization == null ? Grant.atVendor(role) : Grant.at(organization, role))
                    .toList();
        }
    }

    /** One that opens the account, or null once somebody has chosen a password. What was lost or has expired is replaced. */
    private @Nullable String temporaryPassword(Person person, TemporaryPasswords temporary) {
        if (!users.exists(person.email())) {
            var organization = partners.find(person.partner()).map(Partner::id).orElse(null);
            var made = users.create(organization, person.email(), person.name(), person.grants(organization), BY);
            temporary.keep(person.email(), made.password());
        } else {
            var until = users.temporaryUntil(person.email());
            if (until.isEmpty()) {
                temporary.forget(person.email());
            } else if (temporary.of(person.email()).isEmpty() || !until.get().isAfter(clock.instant())) {
                temporary.keep(
                        person.email(), users.resetPassword(person.email(), BY).password());
            }
        }
        return temporary.of(person.email()).orElse(null);
    }
}
