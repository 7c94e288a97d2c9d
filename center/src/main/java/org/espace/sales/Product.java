package org.espace.sales;

import org.jspecify.annotations.Nullable;

/** What is sold. The number is what the vendor's feeds write. */
public record Product(
        int id,
        String number,
        String name,
        @Nullable String family,
        @Nullable String solutionArea) {}
