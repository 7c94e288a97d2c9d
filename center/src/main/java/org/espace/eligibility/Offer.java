package org.espace.eligibility;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.espace.programs.PublishedTerms;
import org.espace.terms.Condition;
import org.espace.terms.Terms;

/** A program that a location may want to join, under the terms that hold on a day, or the next ones where none do. */
record Offer(Terms terms, List<Condition> conditions) {

    static Offer of(Terms terms) {
        return new Offer(terms, terms.toJoin());
    }

    String program() {
        return terms.program();
    }

    /** Of each program at most one. */
    static List<Offer> on(LocalDate day, List<PublishedTerms> published) {
        var versions = new LinkedHashMap<String, List<Terms>>();
        published.forEach(one -> versions.computeIfAbsent(one.terms().program(), _ -> new ArrayList<>())
                .add(one.terms()));
        return versions.values().stream()
                .flatMap(all -> current(day, all).stream())
                .map(Offer::of)
                .toList();
    }

    /** Versions are in the order of their days. */
    private static Optional<Terms> current(LocalDate day, List<Terms> versions) {
        return versions.stream()
                .filter(terms -> day.isBefore(terms.effective().until()))
                .findFirst();
    }

    /** Every condition fails alone; what is not known leaves the verdict open, unless another fails. */
    Verdict verdict(List<Answer> answers) {
        if (answers.stream().anyMatch(answer -> answer.state() == Answer.State.NOT_MET)) {
            return Verdict.NOT_ELIGIBLE;
        }
        return answers.stream().allMatch(answer -> answer.state() == Answer.State.MET)
                ? Verdict.ELIGIBLE
                : Verdict.NOT_YET_KNOWN;
    }

    /** Eligible since the last condition was met, not eligible since the first one failed; not before the terms begin. */
    LocalDate since(Verdict verdict, List<Answer> answers) {
        var since = switch (verdict) {
            case ELIGIBLE -> Question.since(answers, Answer.State.MET, true);
            case NOT_ELIGIBLE -> Question.since(answers, Answer.State.NOT_MET, false);
            case NOT_YET_KNOWN -> Question.since(answers, Answer.State.NOT_YET_KNOWN, false);
        };
        var first = terms.effective().from();
        return since == null || since.isBefore(first) ? first : since;
    }
}
