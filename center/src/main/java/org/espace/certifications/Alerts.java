package org.espace.certifications;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espace.access.SignedIn;
import org.espace.access.Users;
import org.espace.notices.Mail;
import org.espace.notices.Mails;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Instance;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells those who manage a company's competencies when what it has attained could not be renewed today although it could
 * the day before, because somebody has left or a certificate has ended, or hangs on the people that are left.
 */
@Component
class Alerts {

    private final Competencies competencies;
    private final Partners partners;
    private final Users users;
    private final Mails mails;
    private final String url;

    Alerts(Competencies competencies, Partners partners, Users users, Mails mails, Instance instance) {
        this.competencies = competencies;
        this.partners = partners;
        this.users = users;
        this.mails = mails;
        this.url = instance.url();
    }

    /** How an attained competency stands with what it asks for. */
    enum Standing {
        SAFE,
        /** One person less, and it could not be renewed. */
        ENDANGERED,
        /** It could not be renewed today. */
        BROKEN;

        /** As messages write it. */
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Standing of(Progress progress, @Nullable String level) {
            if (!progress.qualifies(level)) {
                return BROKEN;
            }
            return progress.hangsOnEverybody(level) ? ENDANGERED : SAFE;
        }
    }

    /** Says each thing once a day, in the caller's transaction. */
    void look(PartnerId partner, LocalDate day) {
        for (var attained : competencies.attained(partner)) {
            if (attained.holdsOn(day)) {
                look(attained, day);
            }
        }
    }

    private void look(Attained attained, LocalDate day) {
        var now = competencies.progress(attained.partner(), attained.code(), day);
        var standing = Standing.of(now, attained.level());
        var before = Standing.of(
                competencies.progress(attained.partner(), attained.code(), day.minusDays(1)), attained.level());
        if (standing.compareTo(before) > 0) {
            managers(attained.partner()).forEach(manager -> send(attained, now, standing, manager, day));
        }
    }

    /** Also those who have not signed in yet. */
    private List<SignedIn> managers(PartnerId partner) {
        return users.ofOrganization(partner.value()).stream()
                .map(user -> user.owing(null))
                .filter(user -> user.may(Right.MANAGE_CERTIFICATIONS, partner))
                .toList();
    }

    private void send(Attained attained, Progress progress, Standing standing, SignedIn manager, LocalDate day) {
        var code = standing == Standing.BROKEN ? "competency-broken" : "competency-endangered";
        var name = progress.definition().name();
        mails.send(new Mail(
                String.join(
                        ":",
                        code,
                        attained.partner().toString(),
                        attained.code(),
                        day.toString(),
                        manager.id().toString()),
                manager.email(),
                manager.language(),
                code,
                Map.of(
                        "organization",
                        partners.partner(attained.partner()).name(),
                        "competency",
                        "fr".equals(manager.language()) ? name.fr() : name.en(),
                        "until",
                        attained.until() == null ? "" : attained.until().toString(),
                        "url",
                        url + "/partners/" + attained.partner() + "/certifications"),
                null));
    }
}
