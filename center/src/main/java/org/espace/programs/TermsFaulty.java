package org.espace.programs;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.espace.terms.Finding;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The text is valid terms that nobody can have meant: it is not published. */
@ResponseStatus(HttpStatus.UNPROCESSABLE_CONTENT)
public class TermsFaulty extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Finding> findings;

    TermsFaulty(List<Finding> findings) {
        super(findings.stream().map(TermsFaulty::worded).collect(Collectors.joining("; ")));
        this.findings = List.copyOf(findings);
    }

    public List<Finding> findings() {
        return findings;
    }

    private static String worded(Finding finding) {
        return "line " + finding.line() + ": " + new TermsWords(Locale.ENGLISH).of(finding);
    }
}
