package org.espace.dashboard;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.List;
import java.util.TreeMap;
import org.espace.earnings.RunFile;

/** The files of a refresh by what it did with them: what it read, then what it wrote. */
public record RunFilesView(List<Group> groups) {

    /** So many are listed one by one; of more than that the first, and all are counted. */
    public static final int MOST = 100;

    private static final int KILOBYTE = 1000;

    static RunFilesView of(List<RunFile> files) {
        return new RunFilesView(files.stream().collect(groupingBy(RunFile::use, TreeMap::new, toList())).entrySet().stream()
                .map(entry -> new Group(entry.getKey(), entry.getValue()))
                .toList());
    }

    /** @param files of one use */
    public record Group(RunFile.Use use, List<RunFile> files) {

        public List<RunFile> first() {
            return files.subList(0, Math.min(MOST, files.size()));
        }

        public long lines() {
            return files.stream().mapToLong(RunFile::lines).sum();
        }

        public long kilobytes() {
            return inKilobytes(files.stream()
                    .mapToLong(file -> file.bytes() == null ? 0 : file.bytes())
                    .sum());
        }
    }

    public int count() {
        return groups.stream().mapToInt(group -> group.files().size()).sum();
    }

    /** Begun ones count. */
    public static long inKilobytes(long bytes) {
        return Math.ceilDiv(bytes, (long) KILOBYTE);
    }
}
