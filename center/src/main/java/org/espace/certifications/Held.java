package org.espace.certifications;

/**
 * What a company has attained, and how it stands with what that asks for today.
 *
 * @param standing safe, endangered or broken
 * @param renewable whether its end is near enough for another term
 */
public record Held(Attained attained, Progress progress, String standing, boolean renewable) {}
