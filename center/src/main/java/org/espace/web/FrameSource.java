package org.espace.web;

import jakarta.servlet.http.HttpServletRequest;

/** The upper room that knows whose data a request is about. */
public interface FrameSource {

    Frame frame(HttpServletRequest request);
}
