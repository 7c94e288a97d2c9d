package org.espace.certifications;

import java.util.HashMap;
import java.util.Map;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** For whoever is shown a certificate, and for the programs that check one: without an account. */
@Controller
@Needs(Right.ENTER)
class VerificationPages {

    private final Badges badges;
    private final SigningKeys keys;

    VerificationPages(Badges badges, SigningKeys keys) {
        this.badges = badges;
        this.keys = keys;
    }

    @GetMapping("/verify")
    ModelAndView ask() {
        return new ModelAndView("certifications/verify", Map.of("text", ""));
    }

    @PostMapping("/verify")
    ModelAndView check(@RequestParam(defaultValue = "") String certificate) {
        return new ModelAndView(
                "certifications/verify", Map.of("text", certificate, "checked", badges.check(certificate)));
    }

    @GetMapping("/verify/{token}")
    ModelAndView shown(@PathVariable String token) {
        var shown = badges.shown(token).orElseThrow(() -> new CertificationNotFound("link"));
        var model = new HashMap<String, Object>(Map.of(
                "result", shown.result(),
                "state", shown.state().name(),
                "issuer", badges.issuer()));
        if (shown.holder() != null) {
            model.put("holder", shown.holder());
        }
        return new ModelAndView("certifications/shown", model);
    }

    @GetMapping(SigningKeys.PUBLISHED_AT)
    ResponseEntity<Map<String, Object>> keys() {
        return json(keys.published().toJSONObject());
    }

    @GetMapping(SigningKeys.PUBLISHED_AT + "/{key}")
    ResponseEntity<Map<String, Object>> key(@PathVariable String key) {
        var published = keys.published().getKeyByKeyId(keys.address(key));
        if (published == null) {
            throw new CertificationNotFound("key");
        }
        return json(published.toJSONObject());
    }

    @GetMapping(Badges.REVOCATIONS_AT)
    ResponseEntity<Map<String, Object>> revocations() {
        return json(badges.revocations());
    }

    private static ResponseEntity<Map<String, Object>> json(Map<String, Object> body) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noCache())
                .body(body);
    }
}
