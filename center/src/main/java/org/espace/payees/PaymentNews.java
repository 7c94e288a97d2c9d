package org.espace.payees;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espace.access.Users;
import org.espace.notices.Mail;
import org.espace.notices.Mails;
import org.espace.partners.Partners;
import org.espace.payees.Profile.Verdict;
import org.espace.web.Instance;
import org.espace.web.Right;
import org.springframework.stereotype.Component;

/** What those who look after an organization's profiles are written to. */
@Component
class PaymentNews {

    /** How many days before a document ends it is asked for again, the earliest first. */
    static final List<Integer> DAYS_AHEAD = List.of(60, 30, 7);

    private final Users users;
    private final Mails mails;
    private final Partners partners;
    private final Instance instance;

    PaymentNews(Users users, Mails mails, Partners partners, Instance instance) {
        this.users = users;
        this.mails = mails;
        this.partners = partners;
        this.instance = instance;
    }

    void decided(Profile profile, Verdict verdict) {
        var reason = verdict.reason();
        write(
                profile,
                "verdict",
                verdict.approved() ? "payment-approved" : "payment-sent-back",
                Map.of(
                        "reason",
                        reason == null ? "" : reason.code().replace('-', '_'),
                        "comment",
                        Objects.requireNonNullElse(verdict.comment(), "")));
    }

    /** Nothing, unless one of the days ahead has come. */
    void ending(Profile profile, LocalDate until, LocalDate today) {
        if (!today.isBefore(until)) {
            write(
                    profile,
                    "ended",
                    "payment-ended",
                    Map.of("day", until.minusDays(1).toString()));
            return;
        }
        var left = ChronoUnit.DAYS.between(today, until);
        DAYS_AHEAD.stream()
                .filter(days -> left <= days)
                .reduce((_, nearer) -> nearer)
                .ifPresent(days -> write(
                        profile,
                        "ending-" + days,
                        "payment-ending",
                        Map.of("day", until.minusDays(1).toString())));
    }

    private void write(Profile profile, String event, String template, Map<String, String> more) {
        var arguments = new HashMap<>(more);
        arguments.put("kind", profile.kind().code());
        arguments.put("profile", name(profile));
        arguments.put("page", instance.url() + "/partners/" + profile.partner() + "/payment/profiles/" + profile.id());
        users.ofOrganization(profile.partner().value()).stream()
                .filter(user ->
                        user.grants().stream().anyMatch(grant -> grant.role().gives(Right.MANAGE_PAYMENT_PROFILES)))
                .forEach(user -> mails.send(new Mail(
                        "payment:" + profile.current().id() + ":" + event + ":" + user.id(),
                        user.email(),
                        user.language(),
                        template,
                        arguments,
                        null)));
    }

    /** A tax profile is called after its location. */
    private String name(Profile profile) {
        var location = profile.location();
        return location == null
                ? Objects.requireNonNull(profile.name())
                : partners.location(location).name();
    }
}
