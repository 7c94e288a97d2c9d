package org.espace.paper;

import java.util.List;
import java.util.stream.Collectors;

/** The facts cannot be rated. Everything that is wrong with them is listed. */
public final class FactsInvalid extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<BadCell> cells;

    public FactsInvalid(List<BadCell> cells) {
        super(cells.stream().map(BadCell::toString).collect(Collectors.joining("; ")));
        this.cells = List.copyOf(cells);
    }

    public List<BadCell> cells() {
        return cells;
    }
}
