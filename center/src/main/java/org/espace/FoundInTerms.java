package org.espace;

import java.util.List;
import java.util.Locale;
import org.espace.programs.TermsWords;
import org.espace.terms.Finding;

/**
 * A finding as commands print it.
 *
 * @param severity error or warning
 * @param code pays-less-for-more
 */
record FoundInTerms(String file, int line, String severity, String code, String text) {

    static List<FoundInTerms> of(String file, List<Finding> findings, TermsWords words) {
        return findings.stream()
                .map(finding -> new FoundInTerms(
                        file,
                        finding.line(),
                        finding.severity().name().toLowerCase(Locale.ROOT),
                        finding.code().key(),
                        words.of(finding)))
                .toList();
    }

    static boolean hasErrors(List<FoundInTerms> findings) {
        return findings.stream().anyMatch(finding -> finding.severity.equals("error"));
    }

    /** As compilers do, so that editors find the line. */
    String onOneLine(TermsWords words) {
        var weight = words.of(Finding.Severity.valueOf(severity.toUpperCase(Locale.ROOT)));
        return "%s:%d: %s: %s [%s]".formatted(file, line, weight, text, code);
    }
}
