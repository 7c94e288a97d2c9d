package org.espace.dashboard;

import java.util.List;
import org.espace.programs.PromiseInWords;
import org.espace.programs.PublishedTerms;
import org.espace.terms.CanonicalTerms;
import org.espace.terms.Finding;
import org.espace.web.Crumb;
import org.espace.web.Page;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Terms as published.
 *
 * @param path under which the pages of all terms are: the console's or a partner's
 * @param versions all of the program, newest first
 * @param findings what whoever publishes it should know; empty for partners
 */
public record TermsView(
        String path,
        PublishedTerms published,
        ProgramsView.Standing standing,
        List<PublishedTerms> versions,
        List<Finding> findings) {

    public static String href(String path, String program, String version) {
        return UriComponentsBuilder.fromPath(path)
                .pathSegment(program, version)
                .encode()
                .build()
                .toUriString();
    }

    public Crumb back(Page page) {
        return new Crumb(page.t("workspace.terms"), path);
    }

    public String href() {
        return href(path, published.terms().program(), published.terms().version());
    }

    public boolean isConsole() {
        return path.startsWith("/console");
    }

    /** Where a partner reads why its locations may join, or may not. */
    public String eligibility() {
        return path.substring(0, path.lastIndexOf('/')) + "/programs/"
                + published.terms().program() + "/eligibility";
    }

    /** Where a new version is written, beginning with the text of this one. */
    public String draft() {
        return UriComponentsBuilder.fromPath(path + "/draft")
                .queryParam("program", "{program}")
                .queryParam("version", "{version}")
                .encode()
                .build(published.terms().program(), published.terms().version())
                .toString();
    }

    /** What has changed between this version and another one, from the older to the newer. */
    public String differences(PublishedTerms other) {
        var isOlder = other.terms()
                .effective()
                .from()
                .isBefore(published.terms().effective().from());
        var before = isOlder ? other : published;
        var after = isOlder ? published : other;
        return UriComponentsBuilder.fromPath(path)
                .pathSegment(
                        after.terms().program(),
                        after.terms().version(),
                        "differences",
                        before.terms().version())
                .encode()
                .build()
                .toUriString();
    }

    public CanonicalTerms canonical() {
        return CanonicalTerms.of(published.terms());
    }

    public Listing listing() {
        return Listing.of(published.text(), findings);
    }

    public List<PublishedTerms> others() {
        return versions.stream().filter(other -> other.id() != published.id()).toList();
    }

    public PromiseInWords words(Page page) {
        return new PromiseInWords(published.terms(), page);
    }
}
