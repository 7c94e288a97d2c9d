package org.espace.terms;

import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.espace.money.Rate;

/** Reads what several levers may earn together. */
final class CeilingReader {

    private static final Lever.Scope OF_A_PLAN = new Lever.Scope(Lever.Per.PARTNER, Lever.Span.TERM);

    private final YamlSection ceiling;
    private final Currency currency;
    private final List<Lever> levers;

    CeilingReader(YamlSection ceiling, Currency currency, List<Lever> levers) {
        this.ceiling = ceiling;
        this.currency = currency;
        this.levers = levers;
    }

    Optional<Ceiling> read() {
        var id = ceiling.required("id", Written::code);
        var name = TermsReader.names(ceiling, id.orElse(""));
        var over = ceiling.texts("levers");
        var most = most();
        var scope = ceiling.has("plan") ? ofAPlan() : scope();
        for (var lever : over) {
            if (levers.stream().noneMatch(known -> known.id().equals(lever))) {
                ceiling.problem(ceiling.lineOf("levers"), "unknown-lever", Wrong.NO_LEVER, "lever", lever);
            }
        }
        if (id.isEmpty() || most.isEmpty() || scope.isEmpty()) {
            return Optional.empty();
        }
        var read = new Ceiling(id.get(), name, over, scope.get(), most.get());
        refuseSumsThatDependOnOrder(read);
        return Optional.of(read);
    }

    private Optional<Ceiling.Most> most() {
        var amount = ceiling.optional("amount", text -> Written.moneyAboveZero(text, currency));
        var rate = ceiling.optional("rate", CeilingReader::shareAboveZero);
        var plan = ceiling.optional("plan", text -> {
            if (!text.equals("true")) {
                throw new Unwritten(Wrong.PLAN_TRUE);
            }
            return text;
        });
        if (Stream.of("amount", "rate", "plan").filter(ceiling::has).count() != 1) {
            ceiling.problem(ceiling.line(), Wrong.CEILING_MOST);
        }
        return amount.<Ceiling.Most>map(Ceiling.Amount::new)
                .or(() -> rate.map(Ceiling.OfRevenue::new))
                .or(() -> plan.map(_ -> new Ceiling.OfPlan()));
    }

    private static Rate shareAboveZero(String text) {
        var share = Written.share(text);
        if (share.equals(Rate.ZERO)) {
            throw new Unwritten(Wrong.SHARE_NOT_ABOVE_ZERO);
        }
        return share;
    }

    private Optional<Lever.Scope> ofAPlan() {
        if (ceiling.has("per") || ceiling.has("period")) {
            ceiling.ask("per");
            ceiling.ask("period");
            ceiling.problem(ceiling.line(), Wrong.PLAN_SCOPE);
        }
        return Optional.of(OF_A_PLAN);
    }

    private Optional<Lever.Scope> scope() {
        ceiling.required("per", text -> text);
        return LeverReader.scope(ceiling);
    }

    /** What a lever earns in its scope must fall into one sum of the ceiling. */
    private void refuseSumsThatDependOnOrder(Ceiling read) {
        for (var lever : levers) {
            if (!read.levers().isEmpty() && !read.levers().contains(lever.id())) {
                continue;
            }
            var scopes = Stream.concat(
                    Stream.of(lever.scope()), lever.limits().stream().map(Lever.Limit::scope));
            if (scopes.anyMatch(scope -> !read.scope().holds(scope))) {
                ceiling.problem(
                        ceiling.lineOf("per"), "order-of-arrival", Wrong.CEILING_ADDS_LESS, "lever", lever.id());
            }
        }
    }
}
