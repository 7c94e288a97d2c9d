package org.espace.notices;

import java.security.Principal;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.espace.web.Instance;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The mail that was sent or waits. A secret in it is shown in a demo only, where nobody else would read it. */
@Controller
@Needs(Right.SEE_CONSOLE)
class OutboxController {

    private static final String PAGE = "/console/outbox";
    private static final int PAGE_SIZE = 50;

    private final MailStore store;
    private final Mails mails;
    private final Postman postman;
    private final Instance instance;
    private final Clock clock;

    OutboxController(MailStore store, Mails mails, Postman postman, Instance instance, Clock clock) {
        this.store = store;
        this.mails = mails;
        this.postman = postman;
        this.instance = instance;
        this.clock = clock;
    }

    @GetMapping(PAGE)
    ModelAndView outbox(@RequestParam(defaultValue = "0") int page) {
        var count = store.size();
        var pages = Math.max(1, (count + PAGE_SIZE - 1) / PAGE_SIZE);
        var number = Math.clamp(page, 0, pages - 1);
        var rows = store.page(number, PAGE_SIZE).stream()
                .map(kept -> new OutboxRow(
                        kept, Letter.of(kept.mail(), null, clock.getZone()).subject()))
                .toList();
        return new ModelAndView(
                "notices/outbox",
                Map.of(
                        "rows", rows,
                        "number", number,
                        "pages", pages,
                        "sends", postman.hasServer(),
                        "demo", instance.demo()));
    }

    @GetMapping(PAGE + "/{mail}")
    ModelAndView mail(@PathVariable long mail) {
        var kept = store.find(mail).orElseThrow(() -> new MailNotFound(mail));
        var secret = instance.demo() ? store.secret(kept) : null;
        var letter = Letter.of(kept.mail(), secret, clock.getZone());
        return new ModelAndView(
                "notices/mail",
                Map.of(
                        "kept", kept,
                        "letter", letter,
                        "hidden", letter.hides()));
    }

    /** A mail to whoever asks for it shows whether the mail server takes what we send. */
    @PostMapping(PAGE)
    @Needs(Right.OPERATE)
    String trial(Principal user, Locale locale) {
        mails.send(new Mail(
                "trial:" + user.getName() + ":" + clock.millis(),
                user.getName(),
                locale.getLanguage().equals("fr") ? "fr" : "en",
                "trial",
                Map.of("url", instance.url()),
                null));
        return "redirect:" + PAGE;
    }
}
