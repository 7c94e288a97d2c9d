package org.espace.paper;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.espace.engine.Reason;
import org.espace.engine.Step;
import org.espace.engine.WhyNot;
import org.espace.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What became of every sale.
 *
 * @param asKnown the day up to which what was learned counts; null when everything does
 * @param leftOut how many rows were learned later
 * @param lines in the order of posting
 */
public record PaperReport(
        List<Version> terms,
        @Nullable LocalDate asKnown,
        int leftOut,
        List<Assumption> assumed,
        int sales,
        List<Line> lines,
        List<Earned> earned,
        List<Received> received) {

    public record Version(String program, String version, String currency) {}

    /**
     * What one sale earned under one lever, or why it earned nothing.
     *
     * @param row the line of the file, the header being 1
     * @param appliesTo the day whose period the line is about: the sale's own, unless it moved another period's baseline
     * @param program null when the location has joined none
     * @param lever null when none selected the sale
     * @param basis in the program's currency; it may be finer than a minor unit
     * @param withheld what limits took away
     * @param steps the calculation, when it was asked for
     * @param zeros why nothing was earned and what would have helped, when it was asked for: under the lever, or under
     *     each one where none takes the sale
     */
    public record Line(
            String file,
            long row,
            LocalDate day,
            LocalDate appliesTo,
            String location,
            @Nullable String customer,
            String product,
            BigDecimal sold,
            String currency,
            @Nullable String program,
            @Nullable String version,
            @Nullable String lever,
            String reason,
            Reason.Bucket bucket,
            @Nullable BigDecimal basis,
            @Nullable Money withheld,
            @Nullable Money amount,
            @Nullable Money rebate,
            @Nullable Money coop,
            List<Step> steps,
            List<Zero> zeros) {}

    public record Zero(String program, String version, String lever, WhyNot.Verdict verdict) {}

    /** All that a lever has earned for a location, over all versions of the program. */
    public record Earned(
            String location, String program, String lever, int lines, Money amount, Money rebate, Money coop) {}

    /**
     * All that was sold, and what became of it under one program; received is always the sum of the three.
     *
     * @param program null when the location has joined none
     */
    public record Received(
            String location,
            @Nullable String program,
            String currency,
            int sales,
            BigDecimal received,
            BigDecimal eligible,
            BigDecimal ineligible,
            BigDecimal pending) {

        public boolean agrees() {
            return received.compareTo(eligible.add(ineligible).add(pending)) == 0;
        }
    }
}
