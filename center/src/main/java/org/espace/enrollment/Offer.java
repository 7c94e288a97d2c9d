package org.espace.enrollment;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.espace.partners.Location;
import org.espace.terms.Terms;

/**
 * How a program is offered on a day.
 *
 * @param year the first day of the program's year that the day is in
 * @param begun the first day on which the year before is over, which the vendor may have made longer
 * @param until the first day after the year, which the vendor may have made longer
 * @param closed the first day without the program, where it is discontinued; otherwise the same as {@code until}
 * @param terms the version in force, or else the last one before, or else the first one to come
 */
public record Offer(State state, LocalDate year, LocalDate begun, LocalDate until, LocalDate closed, Terms terms) {

    public enum State {
        NOT_OPEN,
        OPEN,
        /** Longer than its year, or than its terms, by the vendor's word. */
        EXTENDED,
        DISCONTINUED;

        boolean isOpen() {
            return this == OPEN || this == EXTENDED;
        }
    }

    /** @param versions of one program, the oldest first; at least one */
    static Offer of(List<Terms> versions, List<Word> words, LocalDate day) {
        var past = versions.stream()
                .filter(terms -> !day.isBefore(terms.effective().from()))
                .toList();
        var terms = past.isEmpty() ? versions.getFirst() : past.getLast();
        var natural = begin(terms.fiscalYearStarts(), day);
        var longer = extension(words, natural.minusYears(1)).filter(day::isBefore);
        var year = longer.isPresent() ? natural.minusYears(1) : natural;
        var begun = extension(words, year.minusYears(1)).orElse(year);
        var extended = extension(words, year);
        var until = extended.orElse(year.plusYears(1));
        var ended = ended(words, day);
        if (ended.isPresent()) {
            return new Offer(State.DISCONTINUED, year, begun, until, ended.get(), terms);
        }
        var upcoming = versions.size() > past.size();
        var state = past.isEmpty()
                ? State.NOT_OPEN
                : extended.isPresent()
                        ? State.EXTENDED
                        : terms.effective().contains(day) ? State.OPEN : upcoming ? State.NOT_OPEN : State.DISCONTINUED;
        var closed = state == State.DISCONTINUED ? terms.effective().until() : until;
        return new Offer(state, year, begun, until, closed, terms);
    }

    private static LocalDate begin(MonthDay starts, LocalDate day) {
        var begin = starts.atYear(day.getYear());
        return begin.isAfter(day) ? starts.atYear(day.getYear() - 1) : begin;
    }

    /** What was said last of that year. */
    private static Optional<LocalDate> extension(List<Word> words, LocalDate year) {
        return words.stream()
                .filter(word -> word.kind() == Word.Kind.EXTENDED && word.year().equals(year))
                .max(Comparator.comparing(Word::at))
                .map(Word::day);
    }

    private static Optional<LocalDate> ended(List<Word> words, LocalDate day) {
        return words.stream()
                .filter(word -> word.kind() != Word.Kind.EXTENDED && !day.isBefore(word.day()))
                .max(Comparator.comparing(Word::at))
                .filter(word -> word.kind() == Word.Kind.DISCONTINUED)
                .map(Word::day);
    }

    public String program() {
        return terms.program();
    }

    /** Whether it is for locations like this one at all. */
    boolean isFor(Location location) {
        return (terms.partnerTypes().isEmpty() || terms.partnerTypes().contains(location.type()))
                && (terms.countries().isEmpty() || terms.countries().contains(location.country()));
    }

    /** Whether it asks for something: what asks for nothing is listed, and nobody is invited to it. */
    public boolean isConditional() {
        return !terms.conditions().isEmpty();
    }
}
