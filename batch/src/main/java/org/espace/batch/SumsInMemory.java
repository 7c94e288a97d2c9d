package org.espace.batch;

import java.util.HashMap;
import java.util.Map;
import org.espace.engine.Rating;
import org.espace.engine.Sums;

/** The sums of a few locations, kept for as long as somebody asks what if. */
public final class SumsInMemory implements Rating.Carried {

    private final Map<Integer, Sums> byLocation = new HashMap<>();

    @Override
    public void load(int location, Sums into) {
        var sums = byLocation.get(location);
        if (sums != null) {
            sums.forEach(into::put);
        }
    }

    @Override
    public void save(int location, Sums from) {
        var sums = new Sums();
        from.forEach(sums::put);
        byLocation.put(location, sums);
    }
}
