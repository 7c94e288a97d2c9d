package org.espace.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.espace.web.LocalPath;
import org.espace.web.Messages;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.LocaleResolver;

@Controller
@Needs(Right.ENTER)
class LanguageController {

    private final Users users;
    private final LocaleResolver languages;

    LanguageController(Users users, LocaleResolver languages) {
        this.users = users;
        this.languages = languages;
    }

    @PostMapping("/language")
    String choose(
            @RequestParam(defaultValue = "en") String language,
            @RequestParam(defaultValue = "/") String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        var chosen = Messages.in(Locale.of(language)).locale();
        languages.setLocale(request, response, chosen);
        Access.user(request).ifPresent(user -> users.chooseLanguage(user.email(), chosen.getLanguage()));
        return "redirect:" + new LocalPath(next).value();
    }
}
