package org.espace.access;

import static org.espace.web.Right.CHOOSE_PASSWORD;
import static org.espace.web.Right.ENTER;
import static org.espace.web.Right.GIVE_SECOND_FACTOR;
import static org.espace.web.Right.GO_HOME;
import static org.espace.web.Right.SET_UP_SECOND_FACTOR;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.espace.partners.LocationId;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;

/** What somebody is in their organization, or at the vendor; each role names the rights that it gives. */
public enum Role {
    GLOBAL_ADMINISTRATOR(
            Reach.ORGANIZATION,
            Right.SEE_EARNINGS,
            Right.SEE_PROGRAMS,
            Right.SEE_ORGANIZATION,
            Right.MANAGE_ORGANIZATION,
            Right.SIGN_AGREEMENTS,
            Right.SEE_USERS,
            Right.MANAGE_USERS,
            Right.MANAGE_SIGN_IN,
            Right.SEE_ENROLLMENTS,
            Right.SEE_CERTIFICATIONS,
            Right.MANAGE_CERTIFICATIONS,
            Right.SEE_ACTIVITY),
    ACCOUNT_ADMINISTRATOR(
            Reach.ORGANIZATION,
            Right.SEE_EARNINGS,
            Right.SEE_PROGRAMS,
            Right.SEE_ORGANIZATION,
            Right.MANAGE_ORGANIZATION,
            Right.SEE_USERS,
            Right.MANAGE_USERS,
            Right.SEE_ENROLLMENTS,
            Right.SEE_CERTIFICATIONS,
            Right.SEE_ACTIVITY),
    USER_ADMINISTRATOR(
            Reach.ORGANIZATION,
            Right.SEE_PROGRAMS,
            Right.SEE_ORGANIZATION,
            Right.SEE_USERS,
            Right.MANAGE_USERS,
            Right.SEE_ACTIVITY),
    INCENTIVES_ADMINISTRATOR(
            Reach.PROGRAM,
            Right.SEE_EARNINGS,
            Right.SEE_PROGRAMS,
            Right.SEE_ORGANIZATION,
            Right.SEE_USERS,
            Right.SEE_ENROLLMENTS,
            Right.ENROLL,
            Right.SEE_PAYMENT_PROFILES,
            Right.MANAGE_PAYMENT_PROFILES,
            Right.SEE_CERTIFICATIONS),
    INCENTIVES_USER(
            Reach.PROGRAM,
            Right.SEE_EARNINGS,
            Right.SEE_PROGRAMS,
            Right.SEE_ORGANIZATION,
            Right.SEE_ENROLLMENTS,
            Right.SEE_PAYMENT_PROFILES,
            Right.SEE_CERTIFICATIONS),
    BILLING_ADMINISTRATOR(Reach.ORGANIZATION, Right.SEE_PROGRAMS, Right.SEE_ORGANIZATION),
    ADMIN_AGENT(Reach.LOCATION, Right.SEE_PROGRAMS, Right.SEE_ORGANIZATION),
    SALES_AGENT(Reach.LOCATION, Right.SEE_PROGRAMS, Right.SEE_ORGANIZATION),
    HELPDESK_AGENT(Reach.LOCATION, Right.SEE_ORGANIZATION),
    MEMBERSHIP_ADMINISTRATOR(
            Reach.ORGANIZATION,
            Right.SEE_PROGRAMS,
            Right.SEE_ORGANIZATION,
            Right.SEE_USERS,
            Right.SEE_ENROLLMENTS,
            Right.SEE_CERTIFICATIONS,
            Right.MANAGE_CERTIFICATIONS),
    REPORT_VIEWER(Reach.LOCATION, Right.SEE_PROGRAMS, Right.SEE_ORGANIZATION),
    EXECUTIVE_REPORT_VIEWER(Reach.LOCATION, Right.SEE_EARNINGS, Right.SEE_PROGRAMS, Right.SEE_ORGANIZATION),
    OPERATOR(
            Reach.VENDOR,
            Right.SEE_CONSOLE,
            Right.OPERATE,
            Right.PROPOSE_ADJUSTMENTS,
            Right.MANAGE_PARTNERS,
            Right.MANAGE_VENDOR_USERS,
            Right.SEE_AUDIT,
            Right.DECIDE_ENROLLMENTS,
            Right.MANAGE_CATALOGUE,
            Right.SEE_ENROLLMENTS,
            Right.SEE_PAYMENT_PROFILES,
            Right.SEE_CERTIFICATIONS,
            Right.SEE_EARNINGS,
            Right.SEE_PROGRAMS,
            Right.SEE_ORGANIZATION,
            Right.SEE_USERS,
            Right.SEE_ACTIVITY),
    PROGRAM_MANAGER(
            Reach.VENDOR,
            Right.SEE_CONSOLE,
            Right.MANAGE_PROGRAMS,
            Right.DECIDE_ENROLLMENTS,
            Right.MANAGE_CATALOGUE,
            Right.SEE_ENROLLMENTS,
            Right.SEE_CERTIFICATIONS,
            Right.SEE_EARNINGS,
            Right.SEE_PROGRAMS,
            Right.SEE_ORGANIZATION),
    CLAIMS_REVIEWER(Reach.VENDOR, Right.SEE_CONSOLE, Right.SEE_EARNINGS, Right.SEE_PROGRAMS, Right.SEE_ORGANIZATION),
    FINANCE_APPROVER(
            Reach.VENDOR,
            Right.SEE_CONSOLE,
            Right.DECIDE_ADJUSTMENTS,
            Right.VALIDATE_PAYMENT_PROFILES,
            Right.SEE_ENROLLMENTS,
            Right.SEE_PAYMENT_PROFILES,
            Right.SEE_EARNINGS,
            Right.SEE_PROGRAMS,
            Right.SEE_ORGANIZATION),
    AUDITOR(
            Reach.VENDOR,
            Right.SEE_CONSOLE,
            Right.SEE_AUDIT,
            Right.SEE_ENROLLMENTS,
            Right.SEE_PAYMENT_PROFILES,
            Right.SEE_CERTIFICATIONS,
            Right.SEE_EARNINGS,
            Right.SEE_PROGRAMS,
            Right.SEE_ORGANIZATION,
            Right.SEE_USERS,
            Right.SEE_ACTIVITY);

    /** How narrowly a role can be given: a narrower one can also be given for all that is wider. */
    public enum Reach {
        VENDOR,
        ORGANIZATION,
        LOCATION,
        PROGRAM
    }

    /** Of everybody who has signed in; how far they get depends on the step that stands between them and the pages. */
    private static final Set<Right> EVERYBODYS =
            EnumSet.of(ENTER, CHOOSE_PASSWORD, GIVE_SECOND_FACTOR, SET_UP_SECOND_FACTOR, GO_HOME);

    private final Reach reach;

    @SuppressWarnings("ImmutableEnumChecker") // a copy that cannot be changed
    private final Set<Right> rights;

    Role(Reach reach, Right first, Right... rest) {
        this.reach = reach;
        this.rights = Set.copyOf(EnumSet.of(first, rest));
    }

    public Reach reach() {
        return reach;
    }

    /** A role at the vendor holds for every partner. */
    public boolean atVendor() {
        return reach == Reach.VENDOR;
    }

    public boolean gives(Right right) {
        return rights.contains(right) || EVERYBODYS.contains(right);
    }

    /** Whether it can hold for one location, or one program, alone. */
    public boolean canHoldFor(@Nullable LocationId location, @Nullable String program) {
        return (program == null || reach == Reach.PROGRAM)
                && (location == null || reach == Reach.PROGRAM || reach == Reach.LOCATION);
    }

    /** Whether whoever holds this role may give the other one, and take it away; nobody changes their own roles. */
    public boolean mayGrant(Role other) {
        return switch (this) {
            case GLOBAL_ADMINISTRATOR -> !other.atVendor();
            case ACCOUNT_ADMINISTRATOR, USER_ADMINISTRATOR ->
                !other.atVendor()
                        && other != GLOBAL_ADMINISTRATOR
                        && other != ACCOUNT_ADMINISTRATOR
                        && other != USER_ADMINISTRATOR;
            case OPERATOR -> true;
            case INCENTIVES_ADMINISTRATOR,
                    INCENTIVES_USER,
                    BILLING_ADMINISTRATOR,
                    ADMIN_AGENT,
                    SALES_AGENT,
                    HELPDESK_AGENT,
                    MEMBERSHIP_ADMINISTRATOR,
                    REPORT_VIEWER,
                    EXECUTIVE_REPORT_VIEWER,
                    PROGRAM_MANAGER,
                    CLAIMS_REVIEWER,
                    FINANCE_APPROVER,
                    AUDITOR -> false;
        };
    }

    /** As tables and messages write it: incentives-user. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Role> find(String code) {
        return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
    }

    public static Role of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
