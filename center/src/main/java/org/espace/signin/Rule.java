package org.espace.signin;

import java.util.Locale;
import org.espace.access.Role;
import org.espace.access.SignedIn;

/**
 * What an organization asks of its people when they sign in.
 *
 * @param selfReset whether a forgotten password may be replaced by way of a mail
 */
public record Rule(SecondFactorRule secondFactor, boolean selfReset) {

    static final Rule USUAL = new Rule(SecondFactorRule.OPTIONAL, true);

    public enum SecondFactorRule {
        OPTIONAL,
        REQUIRED_FOR_ADMINISTRATORS,
        REQUIRED;

        /** As tables and messages write it: required-for-administrators. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static SecondFactorRule of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    public boolean requiresSecondFactor(SignedIn user) {
        return switch (secondFactor) {
            case OPTIONAL -> false;
            case REQUIRED_FOR_ADMINISTRATORS ->
                user.grants().stream().anyMatch(grant -> isAdministrators(grant.role()));
            case REQUIRED -> true;
        };
    }

    /** Whoever changes more than their own things. */
    private static boolean isAdministrators(Role role) {
        return switch (role) {
            case GLOBAL_ADMINISTRATOR,
                    ACCOUNT_ADMINISTRATOR,
                    USER_ADMINISTRATOR,
                    INCENTIVES_ADMINISTRATOR,
                    BILLING_ADMINISTRATOR,
                    MEMBERSHIP_ADMINISTRATOR,
                    OPERATOR,
                    PROGRAM_MANAGER,
                    FINANCE_APPROVER -> true;
            case INCENTIVES_USER,
                    ADMIN_AGENT,
                    SALES_AGENT,
                    HELPDESK_AGENT,
                    REPORT_VIEWER,
                    EXECUTIVE_REPORT_VIEWER,
                    CLAIMS_REVIEWER,
                    AUDITOR -> false;
        };
    }
}
