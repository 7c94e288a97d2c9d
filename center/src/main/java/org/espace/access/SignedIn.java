package org.espace.access;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;

/**
 * Whoever this session belongs to. Kept in the session, which ends when a role or the password changes.
 *
 * @param organization the partner that they belong to; null for somebody of the vendor
 * @param owes what they have to do before any page opens
 */
public record SignedIn(
        UserId id,
        String email,
        String name,
        @Nullable String language,
        @Nullable Integer organization,
        @Nullable NextStep owes,
        List<Grant> grants)
        implements Caller {

    private static final long serialVersionUID = 2;

    @Override
    public String getName() {
        return email;
    }

    public SignedIn owing(@Nullable NextStep step) {
        return new SignedIn(id, email, name, language, organization, step, grants);
    }

    @Override
    public boolean may(Right right) {
        return switch (right) {
            case ENTER -> true;
            case CHOOSE_PASSWORD, GIVE_SECOND_FACTOR, SET_UP_SECOND_FACTOR -> owes == null || owes.needs(right);
            case GO_HOME -> owes == null;
            case PROVISION -> false;
            case SEE_EARNINGS,
                    SEE_PROGRAMS,
                    SEE_ORGANIZATION,
                    MANAGE_ORGANIZATION,
                    SIGN_AGREEMENTS,
                    SEE_USERS,
                    MANAGE_USERS,
                    MANAGE_SIGN_IN,
                    SEE_ACTIVITY,
                    SEE_ENROLLMENTS,
                    ENROLL,
                    SEE_PAYMENT_PROFILES,
                    MANAGE_PAYMENT_PROFILES,
                    SEE_CERTIFICATIONS,
                    MANAGE_CERTIFICATIONS,
                    SEE_CONSOLE,
                    OPERATE,
                    MANAGE_PROGRAMS,
                    PROPOSE_ADJUSTMENTS,
                    DECIDE_ADJUSTMENTS,
                    MANAGE_PARTNERS,
                    MANAGE_VENDOR_USERS,
                    DECIDE_ENROLLMENTS,
                    VALIDATE_PAYMENT_PROFILES,
                    MANAGE_CATALOGUE,
                    SEE_AUDIT ->
                owes == null && grants.stream().anyMatch(grant -> grant.role().gives(right));
        };
    }

    @Override
    public boolean may(Right right, PartnerId partner) {
        return may(right) && grants.stream().anyMatch(grant -> grant.role().gives(right) && grant.reaches(partner));
    }

    @Override
    public Scope scope(Right right, PartnerId partner) {
        return !may(right)
                ? Scope.NOTHING
                : new Scope(grants.stream()
                        .filter(grant -> grant.role().gives(right) && grant.reaches(partner))
                        .map(grant -> new Scope.Part(
                                grant.location() == null ? null : new LocationId(grant.location()), grant.program()))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * Whether they may give a role in their own organization, and take it away.
     *
     * @param there null for the vendor
     */
    public boolean mayGrant(@Nullable PartnerId there, Role role) {
        var wanted = there == null ? null : there.value();
        return role.atVendor() == (there == null)
                && grants.stream()
                        .anyMatch(grant -> Objects.equals(grant.partner(), wanted)
                                && grant.role().mayGrant(role));
    }

    /** The roles that they may give there, in their order. */
    public List<Role> grantable(@Nullable PartnerId there) {
        return Arrays.stream(Role.values())
                .filter(role -> mayGrant(there, role))
                .toList();
    }

    @Override
    public Optional<PartnerId> partner() {
        return Optional.ofNullable(organization).map(PartnerId::new);
    }
}
