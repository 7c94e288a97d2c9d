package org.espace.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Set;
import org.springframework.boot.webmvc.error.ErrorAttributes;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.ModelAndView;

/** What went wrong, in the reader's language, and what to do next. */
@Controller
@Needs(Right.ENTER)
class ErrorPages implements ErrorController {

    private static final Set<Integer> WORDED = Set.of(400, 403, 404, 405, 409, 413, 429, 500);

    private final ErrorAttributes errors;

    ErrorPages(ErrorAttributes errors) {
        this.errors = errors;
    }

    @RequestMapping("/error")
    ModelAndView error(HttpServletRequest request) {
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        var words = WORDED.contains(status) ? status : status < 500 ? 400 : 500;
        var model = new HashMap<String, Object>();
        model.put("status", words);
        if (errors.getError(new ServletWebRequest(request)) instanceof RightMissing missing) {
            model.put("right", missing.right().name());
        }
        return new ModelAndView("web/error", model, HttpStatus.valueOf(status));
    }
}
