package org.espace.enrollment;

import static java.util.stream.Collectors.toMap;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.espace.access.Role;
import org.espace.access.SignedIn;
import org.espace.access.Users;
import org.espace.notices.Mail;
import org.espace.notices.Mails;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Instance;
import org.espace.web.Right;
import org.springframework.stereotype.Component;

/**
 * Tells whoever may enroll the location in the program what has happened to it: its incentives administrators, as their
 * grants say. Where there is none, the global administrators learn that the role has to be given.
 */
@Component
class EnrollmentMail {

    private final Users users;
    private final Mails mails;
    private final Partners partners;
    private final String url;

    EnrollmentMail(Users users, Mails mails, Partners partners, Instance instance) {
        this.users = users;
        this.mails = mails;
        this.partners = partners;
        this.url = instance.url();
    }

    /** What has happened to whom. */
    record News(Candidate candidate, Step step) {}

    void tell(List<News> news) {
        var worth = news.stream()
                .filter(one -> template(one.step().kind()).isPresent())
                .toList();
        var told = worth.stream().map(one -> one.step().partner()).distinct().toList();
        if (!told.isEmpty()) {
            var people = users.ofOrganizations(told);
            var names = partners.partners(told).stream().collect(toMap(Partner::id, Partner::name));
            mails.send(worth.stream()
                    .flatMap(one -> letters(
                            one,
                            people.getOrDefault(one.step().partner(), List.of()),
                            Objects.requireNonNull(names.get(one.step().partner()))))
                    .toList());
        }
    }

    private static Optional<String> template(Step.Kind kind) {
        return switch (kind) {
            case INVITED, PROLONGED -> Optional.of("enrollment-invitation");
            case REMINDED -> Optional.of("enrollment-reminder");
            case WITHDRAWN -> Optional.of("enrollment-withdrawn");
            case ENROLLED, BACK_DATED -> Optional.of("enrollment-complete");
            case WARNED -> Optional.of("enrollment-action-required");
            case ENDED -> Optional.of("enrollment-ended");
            case EXPIRED, DECLINED, ACCEPTED, RENEWED, LEFT -> Optional.empty();
        };
    }

    private Stream<Mail> letters(News news, List<SignedIn> people, String organization) {
        var step = news.step();
        var able = people.stream().filter(person -> mayEnroll(person, step)).toList();
        return able.isEmpty()
                ? letters("enrollment-nobody", administrators(people, step.partner()), news, organization)
                : letters(template(step.kind()).orElseThrow(), able, news, organization);
    }

    /** Whatever they still owe before they can: they are going to read it. */
    private static boolean mayEnroll(SignedIn person, Step step) {
        return person.owing(null).scope(Right.ENROLL, step.partner()).holds(step.location(), step.program());
    }

    private static List<SignedIn> administrators(List<SignedIn> people, PartnerId partner) {
        return people.stream()
                .filter(person -> person.grants().stream()
                        .anyMatch(grant -> grant.role() == Role.GLOBAL_ADMINISTRATOR
                                && Objects.equals(grant.partner(), partner.value())))
                .toList();
    }

    private Stream<Mail> letters(String template, List<SignedIn> people, News news, String organization) {
        var step = news.step();
        return people.stream()
                .map(person -> new Mail(
                        "enrollment:" + step.location() + ":" + step.program() + ":" + step.year() + ":" + step.round()
                                + ":" + step.kind().code() + ":" + step.day() + ":" + step.at() + ":" + person.id(),
                        person.email(),
                        person.language(),
                        template,
                        arguments(news, person, organization),
                        null));
    }

    private Map<String, String> arguments(News news, SignedIn person, String organization) {
        var candidate = news.candidate();
        var step = news.step();
        var location = candidate.location();
        var arguments = new HashMap<String, String>();
        arguments.put("organization", organization);
        arguments.put("location", location.name());
        arguments.put("number", location.number());
        arguments.put(
                "program",
                candidate.offer().terms().name().in(Locale.of(Objects.requireNonNullElse(person.language(), "en"))));
        arguments.put("day", step.day().toString());
        arguments.put(
                "reason", Objects.requireNonNullElse(step.reason(), "none").replace('-', '_'));
        arguments.put("note", Objects.requireNonNullElse(step.note(), ""));
        arguments.put(
                "link", url + "/partners/" + step.partner() + "/enrollments/" + step.location() + "/" + step.program());
        arguments.put("users", url + "/partners/" + step.partner() + "/users");
        return arguments;
    }
}
