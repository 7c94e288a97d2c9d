package org.espace.terms;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Groups of countries that a program names once and its levers use by name. */
final class Markets {

    private final YamlSection root;
    private final Map<String, Set<String>> countries = new TreeMap<>();
    private final Set<String> used = new HashSet<>();

    Markets(YamlSection root, Set<String> known) {
        this.root = root;
        root.section("markets").ifPresent(section -> {
            for (var name : section.keys()) {
                var named = section.texts(name);
                TermsReader.refuseUnknown(section, name, named, known, "unknown-country");
                countries.put(name, named);
            }
        });
    }

    Set<String> resolve(YamlSection section, String key) {
        var found = new TreeSet<String>();
        for (var name : section.texts(key)) {
            var named = countries.get(name);
            if (named == null) {
                section.problemAt(key, Wrong.NO_MARKET, "market", name);
            } else {
                found.addAll(named);
                used.add(name);
            }
        }
        return found;
    }

    /** Called last. */
    void refuseUnused() {
        for (var name : countries.keySet()) {
            if (!used.contains(name)) {
                root.problem(root.lineOf("markets"), Wrong.MARKET_UNUSED, "market", name);
            }
        }
    }
}
