package org.espace.onboarding;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espace.access.EmailAddress;
import org.espace.access.EmailAddressRefused;
import org.espace.access.PeopleFile;
import org.espace.access.PeopleFile.Row;
import org.espace.access.PersonName;
import org.espace.access.Role;
import org.espace.access.RosterFault;
import org.espace.access.RosterFault.Code;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the vendor's file, which names people of many organizations; a bad row is news and keeps nobody else waiting. */
@Component
class VendorList {

    private static final Set<String> REQUIRED = Set.of("partner", "email", "first_name", "last_name", "role");
    private static final Set<String> OPTIONAL = Set.of("location", "program");

    private final Partners partners;
    private final Programs programs;

    VendorList(Partners partners, Programs programs) {
        this.partners = partners;
        this.programs = programs;
    }

    /** The good rows by partner, in the order of the file, and what is wrong with the others. */
    record Content(Map<Partner, List<ListedUser>> users, List<RosterFault> faults) {}

    /** @throws org.espace.access.RosterFileRefused when it is no such file */
    Content read(byte[] bytes, String by) {
        var file = PeopleFile.read(bytes, REQUIRED, OPTIONAL);
        var known = new Known(
                partners.all().stream().collect(toMap(Partner::number, partner -> partner)),
                new HashMap<>(),
                new HashSet<>());
        programs.all()
                .forEach(published -> known.programs().add(published.terms().program()));
        partners.locations()
                .forEach(location -> known.locations()
                        .computeIfAbsent(location.partner(), unseen -> new HashMap<>())
                        .put(location.number(), location));
        var users = new LinkedHashMap<Partner, List<ListedUser>>();
        var faults = new ArrayList<RosterFault>();
        var before = new HashSet<String>();
        for (var row : file.rows()) {
            var of = new ArrayList<RosterFault>();
            var partner = partner(row, known, of);
            var user = user(row, partner, known, before, by, of);
            if (partner != null && user != null) {
                users.computeIfAbsent(partner, unseen -> new ArrayList<>()).add(user);
            }
            faults.addAll(of);
        }
        return new Content(users, faults);
    }

    private record Known(
            Map<String, Partner> partners, Map<PartnerId, Map<String, Location>> locations, Set<String> programs) {}

    private static @Nullable Partner partner(Row row, Known known, List<RosterFault> faults) {
        var partner = known.partners().get(row.cell("partner"));
        if (partner == null) {
            faults.add(fault(row, "partner", Code.UNKNOWN_PARTNER));
        }
        return partner;
    }

    private static @Nullable ListedUser user(
            Row row, @Nullable Partner partner, Known known, Set<String> before, String by, List<RosterFault> faults) {
        if (!row.complete()) {
            faults.clear();
            faults.add(new RosterFault(
                    row.number(), "", Integer.toString(row.cells().size()), Code.WRONG_WIDTH));
            return null;
        }
        var email = email(row, before, faults);
        if (PersonName.find(row.cell("first_name"), row.cell("last_name")).isEmpty()) {
            faults.add(fault(row, "last_name", Code.NO_NAME));
        }
        var role = Role.find(row.cell("role").toLowerCase(Locale.ROOT)).filter(one -> !one.atVendor());
        if (role.isEmpty()) {
            faults.add(fault(row, "role", row.cell("role").isEmpty() ? Code.NO_ROLE : Code.UNKNOWN_ROLE));
        }
        var location = location(row, partner, known, faults);
        var program = row.cell("program").isEmpty() ? null : row.cell("program");
        if (program != null && !known.programs().contains(program)) {
            faults.add(fault(row, "program", Code.UNKNOWN_PROGRAM));
        } else if (role.isPresent() && !role.get().canHoldFor(location.orElse(null), program)) {
            faults.add(
                    program == null
                            ? fault(row, "location", Code.NOT_BY_LOCATION)
                            : fault(row, "program", Code.NOT_BY_PROGRAM));
        }
        return partner == null || !faults.isEmpty()
                ? null
                : new ListedUser(
                        partner.id(),
                        0,
                        email.orElseThrow(),
                        row.cell("first_name"),
                        row.cell("last_name"),
                        role.orElseThrow(),
                        location.orElse(null),
                        program,
                        by,
                        false);
    }

    private static Optional<EmailAddress> email(Row row, Set<String> before, List<RosterFault> faults) {
        try {
            var email = new EmailAddress(row.cell("email"));
            if (!before.add(email.value())) {
                faults.add(fault(row, "email", Code.TWICE));
            }
            return Optional.of(email);
        } catch (EmailAddressRefused refused) {
            faults.add(fault(row, "email", Code.valueOf(refused.code().name())));
            return Optional.empty();
        }
    }

    private static Optional<LocationId> location(
            Row row, @Nullable Partner partner, Known known, List<RosterFault> faults) {
        var number = row.cell("location");
        if (number.isEmpty() || partner == null) {
            return Optional.empty();
        }
        var location = Optional.ofNullable(
                known.locations().getOrDefault(partner.id(), Map.of()).get(number));
        if (location.isEmpty()) {
            faults.add(fault(row, "location", Code.UNKNOWN_LOCATION));
        }
        return location.map(Location::id);
    }

    private static RosterFault fault(Row row, String field, Code code) {
        return new RosterFault(row.number(), field, row.cell(field), code);
    }
}
