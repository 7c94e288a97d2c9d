package org.espace.access;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espace.access.PeopleFile.Row;
import org.espace.access.RosterFault.Code;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads each row of a file as a user, or says what is wrong with it; everything that is wrong, not only the first. */
@Component
class RosterCheck {

    static final Set<String> REQUIRED = Set.of("email", "first_name", "last_name", "roles");
    static final Set<String> OPTIONAL = Set.of("location", "program", "language");

    private final Partners partners;
    private final Programs programs;
    private final UserStore users;

    RosterCheck(Partners partners, Programs programs, UserStore users) {
        this.partners = partners;
        this.programs = programs;
        this.users = users;
    }

    /** The rows that can become users, and what is wrong with the others. */
    record Checked(List<RosterRow> rows, List<RosterFault> faults) {}

    /** What rows are read against. */
    private record Known(
            Map<String, LocationId> locations,
            Set<String> programs,
            Set<Role> grantable,
            Set<String> taken,
            Map<String, List<String>> lookalikes) {}

    Checked check(PeopleFile file, PartnerId partner, SignedIn by) {
        var addresses = new HashMap<Integer, EmailAddress>();
        file.rows()
                .forEach(row -> EmailAddress.find(row.cell("email"))
                        .ifPresent(address -> addresses.put(row.number(), address)));
        var known = new Known(
                partners.locations(partner).stream().collect(toMap(Location::number, Location::id)),
                programs(),
                Set.copyOf(by.grantable(partner)),
                Set.copyOf(users.taken(
                        addresses.values().stream().map(EmailAddress::value).toList())),
                users.lookalikes(
                        addresses.values().stream().map(EmailAddress::skeleton).toList()));
        var rows = new ArrayList<RosterRow>();
        var faults = new ArrayList<RosterFault>();
        var before = new Before(new HashSet<>(), new HashMap<>());
        for (var row : file.rows()) {
            var of = new ArrayList<RosterFault>();
            var read = row(row, known, before, of);
            if (of.isEmpty() && read != null) {
                rows.add(read);
            }
            faults.addAll(of);
        }
        return new Checked(List.copyOf(rows), List.copyOf(faults));
    }

    /** The addresses of the rows above. */
    private record Before(Set<String> addresses, Map<String, EmailAddress> bySkeleton) {}

    private static @Nullable RosterRow row(Row row, Known known, Before before, List<RosterFault> faults) {
        if (!row.complete()) {
            faults.add(new RosterFault(
                    row.number(), "", Integer.toString(row.cells().size()), Code.WRONG_WIDTH));
            return null;
        }
        var email = email(row, known, before, faults);
        var name = PersonName.find(row.cell("first_name"), row.cell("last_name"));
        if (name.isEmpty()) {
            faults.add(fault(row, "last_name", Code.NO_NAME));
        }
        var roles = roles(row, known, faults);
        var location = location(row, known, faults);
        var program = program(row, known, faults);
        var language = language(row, faults);
        var tooWide = new WantedRoles(roles, location.orElse(null), program.orElse(null)).tooWide();
        if (!tooWide.isEmpty()) {
            faults.add(
                    program.isPresent()
                            ? fault(row, "program", Code.NOT_BY_PROGRAM)
                            : fault(row, "location", Code.NOT_BY_LOCATION));
        }
        return !faults.isEmpty()
                ? null
                : new RosterRow(
                        row.number(),
                        email.orElseThrow(),
                        name.orElseThrow().value(),
                        language.orElse(null),
                        roles.stream().sorted().toList(),
                        location.orElse(null),
                        program.orElse(null));
    }

    private static Optional<EmailAddress> email(Row row, Known known, Before before, List<RosterFault> faults) {
        EmailAddress email;
        try {
            email = new EmailAddress(row.cell("email"));
        } catch (EmailAddressRefused refused) {
            faults.add(fault(row, "email", Code.valueOf(refused.code().name())));
            return Optional.empty();
        }
        if (!before.addresses().add(email.value())) {
            faults.add(fault(row, "email", Code.TWICE));
        } else if (known.taken().contains(email.value())) {
            faults.add(fault(row, "email", Code.TAKEN));
        } else if (looksLikeAnother(email, known, before)) {
            faults.add(fault(row, "email", Code.LOOKS_LIKE_ANOTHER));
        }
        before.bySkeleton().putIfAbsent(email.skeleton(), email);
        return Optional.of(email);
    }

    private static boolean looksLikeAnother(EmailAddress email, Known known, Before before) {
        var above = before.bySkeleton().get(email.skeleton());
        return (above != null && !(email.isAscii() && above.isAscii()))
                || known.lookalikes().getOrDefault(email.skeleton(), List.of()).stream()
                        .anyMatch(other -> !(email.isAscii() && new EmailAddress(other).isAscii()));
    }

    /** Codes such as incentives-user, separated by blanks, commas, semicolons or bars. */
    private static Set<Role> roles(Row row, Known known, List<RosterFault> faults) {
        var roles = EnumSet.noneOf(Role.class);
        var cell = row.cell("roles").toLowerCase(Locale.ROOT);
        if (cell.isEmpty()) {
            faults.add(fault(row, "roles", Code.NO_ROLE));
            return roles;
        }
        for (var code : cell.split("[\\s,;|]+", -1)) {
            if (code.isEmpty()) {
                continue;
            }
            var role = Role.find(code).filter(one -> !one.atVendor());
            if (role.isEmpty()) {
                faults.add(fault(row, "roles", Code.UNKNOWN_ROLE));
                return roles;
            }
            if (!known.grantable().contains(role.get())) {
                faults.add(fault(row, "roles", Code.ROLE_NOT_YOURS));
                return roles;
            }
            roles.add(role.get());
        }
        return roles;
    }

    private static Optional<LocationId> location(Row row, Known known, List<RosterFault> faults) {
        var number = row.cell("location");
        var location = Optional.ofNullable(known.locations().get(number));
        if (!number.isEmpty() && location.isEmpty()) {
            faults.add(fault(row, "location", Code.UNKNOWN_LOCATION));
        }
        return location;
    }

    private static Optional<String> program(Row row, Known known, List<RosterFault> faults) {
        var code = row.cell("program");
        if (!code.isEmpty() && !known.programs().contains(code)) {
            faults.add(fault(row, "program", Code.UNKNOWN_PROGRAM));
            return Optional.empty();
        }
        return Optional.of(code).filter(written -> !written.isEmpty());
    }

    private static Optional<String> language(Row row, List<RosterFault> faults) {
        var language = row.cell("language").toLowerCase(Locale.ROOT);
        if (!Set.of("", "en", "fr").contains(language)) {
            faults.add(fault(row, "language", Code.UNKNOWN_LANGUAGE));
            return Optional.empty();
        }
        return Optional.of(language).filter(written -> !written.isEmpty());
    }

    private static RosterFault fault(Row row, String field, Code code) {
        return new RosterFault(row.number(), field, row.cell(field), code);
    }

    private Set<String> programs() {
        var codes = new HashSet<String>();
        programs.all().forEach(published -> codes.add(published.terms().program()));
        return codes;
    }
}
