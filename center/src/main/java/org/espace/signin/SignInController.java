package org.espace.signin;

import java.util.Map;
import org.espace.web.LocalPath;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

@Controller
@Needs(Right.ENTER)
class SignInController {

    /** @param wait minutes, after too many wrong passwords */
    @GetMapping("/login")
    ModelAndView signIn(
            @RequestParam(defaultValue = "/") String next,
            @RequestParam @Nullable String failed,
            @RequestParam @Nullable String changed,
            @RequestParam(defaultValue = "0") String wait) {
        return new ModelAndView(
                "signin/signIn",
                Map.of(
                        "next",
                        new LocalPath(next).value(),
                        "failed",
                        failed != null,
                        "changed",
                        changed != null,
                        "wait",
                        wait.matches("\\d{1,3}") ? Integer.parseInt(wait) : 0));
    }
}
