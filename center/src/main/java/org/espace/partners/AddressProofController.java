package org.espace.partners;

import java.util.HashMap;
import java.util.Map;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** The page behind a link that was sent to a contact: its reader need not have an account. */
@Controller
@Needs(Right.ENTER)
class AddressProofController {

    private final AddressProofs proofs;

    AddressProofController(AddressProofs proofs) {
        this.proofs = proofs;
    }

    /** Programs that look through mail open links, too: only the button on the page proves anything. */
    @GetMapping("/contact-address/{token}")
    ModelAndView ask(@PathVariable String token) {
        var model = new HashMap<String, Object>();
        model.put("token", token);
        model.put("proved", false);
        proofs.find(token).ifPresent(proof -> {
            model.put("partner", proof.partner());
            model.put("email", proof.email());
        });
        return page(model, model.containsKey("email"));
    }

    @PostMapping("/contact-address/{token}")
    ModelAndView prove(@PathVariable String token) {
        var model = new HashMap<String, Object>();
        model.put("token", token);
        model.put("proved", proofs.prove(token));
        return page(model, Boolean.TRUE.equals(model.get("proved")));
    }

    private static ModelAndView page(Map<String, Object> model, boolean found) {
        return new ModelAndView("partners/addressProof", model, found ? HttpStatus.OK : HttpStatus.GONE);
    }
}
