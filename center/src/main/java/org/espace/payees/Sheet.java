package org.espace.payees;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.espace.payees.Profile.Kind;

/** What is filled in: for a bank profile how it is paid, for a tax profile which form or number the tax is known by. */
public enum Sheet {
    BANK_TRANSFER(Kind.BANK, "bank-transfer"),
    /** Credited to what the partner owes for a tenant, in the countries where the vendor does so. */
    CREDIT_NOTE(Kind.BANK, "credit-note"),
    /** A United States company. */
    W9_EIN(Kind.TAX, "w9-ein"),
    /** A United States person. */
    W9_SSN(Kind.TAX, "w9-ssn"),
    /** A foreign company that is paid for sales in the United States. */
    W8BEN_E(Kind.TAX, "w8ben-e"),
    VAT(Kind.TAX, "vat"),
    TAX_ID(Kind.TAX, "tax-id");

    private static final Set<String> CREDITED =
            Set.of("AU", "AT", "BE", "CA", "DK", "FI", "FR", "DE", "NL", "NZ", "NO", "SE", "CH", "GB");

    private final Kind kind;
    private final String code;

    Sheet(Kind kind, String code) {
        this.kind = kind;
        this.code = code;
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    static Sheet of(String code) {
        return find(code).orElseThrow(() -> new IllegalArgumentException(code));
    }

    static Optional<Sheet> find(String code) {
        return Arrays.stream(values()).filter(sheet -> sheet.code.equals(code)).findFirst();
    }

    static List<Sheet> of(Kind kind, String country) {
        return Arrays.stream(values())
                .filter(sheet -> sheet.kind == kind && sheet.isFor(country))
                .toList();
    }

    static List<String> codes(Kind kind) {
        return Arrays.stream(values())
                .filter(sheet -> sheet.kind == kind)
                .map(Sheet::code)
                .toList();
    }

    boolean isFor(String country) {
        return switch (this) {
            case BANK_TRANSFER -> true;
            case CREDIT_NOTE -> CREDITED.contains(country);
            case W9_EIN, W9_SSN -> country.equals("US");
            case W8BEN_E, VAT, TAX_ID -> !country.equals("US");
        };
    }

    List<Blank> blanks(String country) {
        return Blank.of(this, country);
    }

    /** The form itself, signed, or what shows the number; of a VAT number only where there is a certificate. */
    public boolean needsDocument() {
        return switch (this) {
            case W9_EIN, W9_SSN, W8BEN_E -> true;
            case BANK_TRANSFER, CREDIT_NOTE, VAT, TAX_ID -> false;
        };
    }

    /** For how many years after the one of its signature the form holds, to the last of December; empty where the reader says. */
    public Optional<Integer> years() {
        return this == W8BEN_E ? Optional.of(3) : Optional.empty();
    }
}
