package org.espace.feed;

import java.util.List;

/** Where a field's value comes from. */
public sealed interface Source {

    record Column(String name) implements Source {}

    /** A column that the file may be without; then the field is empty. */
    record IfThere(String column) implements Source {}

    record Constant(String value) implements Source {}

    /** The columns' values with a dash between them: together they name a line. */
    record Joined(List<String> columns) implements Source {}

    /** The first of the columns that is not empty. */
    record FirstOf(List<String> columns) implements Source {}

    /** The exact product of the columns' numbers. */
    record Times(List<String> columns) implements Source {}

    /** The columns without which the file cannot be read. */
    default List<String> needed() {
        return this instanceof IfThere ? List.of() : columns();
    }

    default List<String> columns() {
        return switch (this) {
            case Column(var name) -> List.of(name);
            case IfThere(var column) -> List.of(column);
            case Constant ignored -> List.of();
            case Joined(var columns) -> columns;
            case FirstOf(var columns) -> columns;
            case Times(var columns) -> columns;
        };
    }
}
