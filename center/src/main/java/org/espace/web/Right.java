package org.espace.web;

/** What a route may need. A route that names none is refused to everybody. */
public enum Right {
    /** Whoever comes, signed in or not. */
    ENTER,
    /** Whoever has signed in, even with a temporary password, which they have to replace first. */
    CHOOSE_PASSWORD,
    /** Whoever has given a password and owes the second factor. */
    GIVE_SECOND_FACTOR,
    /** Whoever has signed in; some organizations and roles have to set up a second factor before any other page. */
    SET_UP_SECOND_FACTOR,
    /** Whoever has signed in and owes nothing. */
    GO_HOME,

    /** For the partner named in the path, as the next ones: earnings, within the locations and programs of the role. */
    SEE_EARNINGS,
    SEE_PROGRAMS,
    SEE_ORGANIZATION,
    MANAGE_ORGANIZATION,
    SIGN_AGREEMENTS,
    SEE_USERS,
    /** Creates, changes and removes users; which roles they may give is another question. */
    MANAGE_USERS,
    /** The organization's rules of sign-in: second factor, own identity provider, provisioning, machines. */
    MANAGE_SIGN_IN,
    /** Who did what in this organization. */
    SEE_ACTIVITY,
    /** In which programs the organization's locations are, were invited to, or may not join, and why. */
    SEE_ENROLLMENTS,
    /** Accepts an invitation and submits an enrollment, for the locations and programs of the role. */
    ENROLL,
    /** Bank and tax profiles, with their secrets masked. */
    SEE_PAYMENT_PROFILES,
    MANAGE_PAYMENT_PROFILES,
    /** What the organization and its people have proved. */
    SEE_CERTIFICATIONS,
    MANAGE_CERTIFICATIONS,
    /** Keeps the organization's users in step with its own directory: a machine's, never a person's. */
    PROVISION,

    /** The vendor's console, to read. */
    SEE_CONSOLE,
    OPERATE,
    MANAGE_PROGRAMS,
    PROPOSE_ADJUSTMENTS,
    DECIDE_ADJUSTMENTS,
    MANAGE_PARTNERS,
    /** Invites, enrolls, ends and renews by decision of the vendor, one by one or many at once. */
    DECIDE_ENROLLMENTS,
    /** Approves or sends back bank and tax profiles. */
    VALIDATE_PAYMENT_PROFILES,
    /** The catalogue of certifications and competencies, and the results that are imported. */
    MANAGE_CATALOGUE,
    MANAGE_VENDOR_USERS,
    /** Who did what, everywhere. */
    SEE_AUDIT
}
