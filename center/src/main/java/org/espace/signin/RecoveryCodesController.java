package org.espace.signin;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.espace.access.Access;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

@Controller
@Needs(Right.GO_HOME)
class RecoveryCodesController {

    private final SecondFactors factors;
    private final Entrance entrance;

    RecoveryCodesController(SecondFactors factors, Entrance entrance) {
        this.factors = factors;
        this.entrance = entrance;
    }

    @PostMapping("/account/security/recovery-codes")
    ModelAndView make(HttpServletRequest request) {
        return entrance.isProved(request)
                ? page(factors.makeRecoveryCodes(Access.user(request).orElseThrow()), "/account/security")
                : new ModelAndView("redirect:/account/confirmation?next=/account/security");
    }

    /** What the page just showed, as a file: we could not show it again. */
    @PostMapping("/account/security/recovery-codes/file")
    ResponseEntity<String> file(@RequestParam(defaultValue = "") List<String> code) {
        var lines = code.stream()
                .filter(RecoveryCodes::looksLikeOne)
                .limit(RecoveryCodes.COUNT)
                .map(one -> one + "\r\n")
                .toList();
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_PLAIN)
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("espace-recovery-codes.txt")
                                .build()
                                .toString())
                .body(String.join("", lines));
    }

    /** Shown once. */
    static ModelAndView page(RecoveryCodes codes, String next) {
        return new ModelAndView("signin/recoveryCodes", Map.of("codes", codes.codes(), "next", next));
    }
}
