package org.espace.federation.clients;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Refusals as machines read them, RFC 9457; the type of one is the name of what refused. */
@Order(Ordered.HIGHEST_PRECEDENCE) // before the refusals that become pages
@RestControllerAdvice(assignableTypes = ApiController.class)
class ApiErrors extends ResponseEntityExceptionHandler {

    /** Every refusal of ours names its status. */
    @ExceptionHandler(RuntimeException.class)
    @Nullable
    ResponseEntity<Object> refused(RuntimeException refusal, WebRequest request) {
        var named = AnnotatedElementUtils.findMergedAnnotation(refusal.getClass(), ResponseStatus.class);
        if (named == null) {
            throw refusal;
        }
        var status = named.code() == HttpStatus.BAD_REQUEST ? HttpStatus.UNPROCESSABLE_CONTENT : named.code();
        var problem = ProblemDetail.forStatusAndDetail(status, said(refusal));
        return handleExceptionInternal(refusal, problem, new HttpHeaders(), status, request);
    }

    /** user-exists for UserExists, and what it was about. */
    private static String said(RuntimeException refusal) {
        var name = refusal.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-");
        return name.toLowerCase(Locale.ROOT) + ": " + refusal.getMessage();
    }
}
