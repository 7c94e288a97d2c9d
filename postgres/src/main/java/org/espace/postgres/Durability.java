package org.espace.postgres;

enum Durability {
    DURABLE(""),
    THROWAWAY(" -c fsync=off -c synchronous_commit=off -c full_page_writes=off");

    final String options;

    Durability(String options) {
        this.options = options;
    }
}
