package org.espace.enrollment;

/** What a program shows a location as. */
public enum Status {
    INVITED,
    ACTION_REQUIRED,
    VALIDATING,
    ENROLLED,
    /** What action required and validating are to whoever cannot act. */
    ENROLLING,
    INELIGIBLE,
    INACTIVE,
    DISCONTINUED
}
