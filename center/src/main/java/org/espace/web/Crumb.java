package org.espace.web;

/** One step of the way back, above the title of a page. */
public record Crumb(String name, String href) {}
