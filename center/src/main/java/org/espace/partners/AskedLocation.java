package org.espace.partners;

import java.util.List;

/** A location that is asked for and not one yet, and how its verification stands. */
public record AskedLocation(LocationApplication application, Verification verification) {

    static List<AskedLocation> of(PartnerId partner, Locations locations, Verifications verifications) {
        var questions = verifications.of(partner);
        return locations.applications(partner).stream()
                .filter(application -> application.location() == null)
                .flatMap(application -> questions.stream()
                        .filter(question -> Integer.valueOf(application.id()).equals(question.application()))
                        .map(question -> new AskedLocation(application, question)))
                .toList();
    }
}
