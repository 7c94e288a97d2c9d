package org.espace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espace.batch.Progress;
import org.espace.feed.Feed;
import org.espace.feed.FeedFile;
import org.espace.feed.Intake;
import org.espace.feed.Known;
import org.espace.feed.Mapping;

/** Espace's own load of the same file, without the database that lends it ids. */
record OwnLoad(Vendor vendor, Path mapping) {

    Intake run(Path csv, Path lake) throws IOException {
        Folders.empty(lake);
        var order = new Feed.Order(1, Vendor.FIRST_DAY.plusDays(Vendor.DAYS), lake, List.of(), false);
        return Feed.take(FeedFile.open(csv), Mapping.read(Files.readString(mapping)), known(), order, Progress.SILENT);
    }

    private Known known() {
        var locations = numbers(vendor.locations(), Vendor::locationNumber);
        return new Known(
                locations,
                locations,
                numbers(vendor.customers(), Vendor::customerNumber),
                numbers(Vendor.PRODUCTS, Vendor::productNumber),
                Map.of("CANCELLED", (int) Generator.CANCELLED, "OPEN", (int) Generator.OPEN),
                List.of(),
                new Known.Ids(OwnLoad::none, OwnLoad::none, OwnLoad::none, OwnLoad::none, () -> 100, OwnLoad::none));
    }

    private static Map<String, Integer> numbers(int count, IntFunction<String> number) {
        return IntStream.rangeClosed(1, count).boxed().collect(Collectors.toMap(number::apply, id -> id));
    }

    private static int none() {
        throw new IllegalStateException("the feed names only what is known");
    }
}
