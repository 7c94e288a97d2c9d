package org.espace.access;

import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** What is not done to a user, in words: the form was well filled in, but nobody may do that. */
@ControllerAdvice
class Refused {

    @ExceptionHandler
    ModelAndView on(RoleNotYours refused) {
        return page("role-not-yours", refused.role().code(), HttpStatus.FORBIDDEN);
    }

    @ExceptionHandler(OwnAccount.class)
    ModelAndView onOwnAccount() {
        return page("own-account", null, HttpStatus.CONFLICT);
    }

    @ExceptionHandler(LastAdministrator.class)
    ModelAndView onLastAdministrator() {
        return page("last-administrator", null, HttpStatus.CONFLICT);
    }

    @ExceptionHandler(InvitationOver.class)
    ModelAndView onInvitationOver() {
        return page("invitation-over", null, HttpStatus.GONE);
    }

    private static ModelAndView page(String why, @Nullable String role, HttpStatus status) {
        var model = new HashMap<String, Object>();
        model.put("why", why);
        if (role != null) {
            model.put("role", role);
        }
        return new ModelAndView("access/refused", model, status);
    }
}
