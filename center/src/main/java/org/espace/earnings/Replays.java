package org.espace.earnings;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds out who must be rated anew, and why. */
final class Replays {

    private Replays() {}

    /**
     * @param promises as they were hashed when earnings were last computed
     * @param reach how far sales were read then
     * @param footings of the locations that were rated by then
     * @param here of all locations, as they are now
     * @return the causes for each location that must be; the others are left out
     */
    static Map<Integer, Set<Cause>> causes(
            Map<Footing.Promise, String> promises,
            Footing.Reach reach,
            Map<Integer, Footing.OfLocation> footings,
            Footing.Now now,
            Map<Integer, Footing.OfLocation> here) {
        var forEverybody = EnumSet.noneOf(Cause.class);
        var concerned = new HashMap<Cause, Set<Integer>>();
        var members = now.members();
        now.promises(reach).forEach((promise, hash) -> {
            if (hash.equals(promises.get(promise))) {
                return;
            }
            if (promise.program() == 0) {
                forEverybody.add(promise.cause());
            } else {
                concerned
                        .computeIfAbsent(promise.cause(), _ -> new TreeSet<>())
                        .addAll(members.getOrDefault(promise.program(), Set.of()));
            }
        });
        var causes = new TreeMap<Integer, Set<Cause>>();
        footings.forEach((location, footing) -> {
            var its = EnumSet.copyOf(forEverybody);
            its.addAll(Objects.requireNonNull(here.get(location)).since(footing));
            concerned.forEach((cause, locations) -> {
                if (locations.contains(location)) {
                    its.add(cause);
                }
            });
            if (!its.isEmpty()) {
                causes.put(location, its);
            }
        });
        return causes;
    }
}
