package org.espace.enrollment;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espace.programs.Programs;
import org.espace.programs.PublishedTerms;
import org.espace.web.Act;
import org.espace.web.Fields;
import org.espace.web.FormRefused;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The door to which programs are offered, by their terms and by the vendor's word. */
@Service
public class Offers {

    private static final int LONGEST_REASON = 1_000;

    private final Programs programs;
    private final WordStore store;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Offers(Programs programs, WordStore store, ApplicationEventPublisher events, Clock clock) {
        this.programs = programs;
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    /** Every program by its code, as it is offered on that day. */
    public Map<String, Offer> on(LocalDate day) {
        var words = store.all().stream().collect(groupingBy(Word::program));
        var versions = programs.all().stream()
                .map(PublishedTerms::terms)
                .collect(groupingBy(terms -> terms.program(), TreeMap::new, toList()));
        var offers = new TreeMap<String, Offer>();
        versions.forEach((program, terms) ->
                offers.put(program, Offer.of(terms, words.getOrDefault(program, List.of()), day)));
        return offers;
    }

    /** Today. */
    public Optional<Offer> find(String program) {
        return Optional.ofNullable(on(LocalDate.now(clock)).get(program));
    }

    List<Word> words() {
        return store.all();
    }

    /**
     * From the fields program, kind, day and reason.
     *
     * @throws FormRefused with the fields at fault: a year is made longer by less than a year
     */
    @Transactional
    void say(Map<String, String> typed, String by) {
        var fields = new Fields(typed);
        var offer = find(fields.needed("program", 120));
        if (offer.isEmpty()) {
            fields.fault("program", "choice");
        }
        var code = fields.needed("kind", 40);
        var kind = Arrays.stream(Word.Kind.values())
                .filter(one -> one.code().equals(code))
                .findFirst();
        if (kind.isEmpty()) {
            fields.fault("kind", "choice");
        }
        var day = fields.day("day");
        if (day.isEmpty()) {
            fields.fault("day", "missing");
        }
        var reason = fields.lines("reason", 1, LONGEST_REASON);
        if (offer.isPresent() && kind.filter(Word.Kind.EXTENDED::equals).isPresent() && day.isPresent()) {
            var end = offer.get().year().plusYears(1);
            if (!day.get().isAfter(end) || !day.get().isBefore(end.plusYears(1))) {
                fields.fault("day", "extension");
            }
        }
        fields.refuseFaulty();
        var word = new Word(
                offer.orElseThrow().program(),
                kind.orElseThrow(),
                offer.orElseThrow().year(),
                day.orElseThrow(),
                reason,
                clock.instant(),
                by);
        store.insert(word);
        events.publishEvent(Act.of("program." + word.kind().code(), by, null, word.program())
                .changing(Map.of(), Map.of("day", word.day().toString(), "reason", reason)));
    }
}
