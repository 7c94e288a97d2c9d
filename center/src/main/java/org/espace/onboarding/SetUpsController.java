package org.espace.onboarding;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.security.Principal;
import java.util.HashMap;
import org.espace.access.RosterFileRefused;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** Where the vendor hands its lists in, and sees how far each organization has come. */
@Controller
@Needs(Right.MANAGE_PARTNERS)
class SetUpsController {

    private static final String PAGE = "/console/setup";
    private static final int PAGE_SIZE = 50;

    private final SetUps setUps;
    private final Partners partners;

    SetUpsController(SetUps setUps, Partners partners) {
        this.setUps = setUps;
        this.partners = partners;
    }

    @GetMapping(PAGE)
    ModelAndView all(@RequestParam(defaultValue = "0") int page) {
        return page(page, null, null);
    }

    /** The answer says what has become of each organization and of each bad row. */
    @PostMapping(PAGE)
    ModelAndView load(@RequestParam(required = false) @Nullable MultipartFile file, Principal by) throws IOException {
        try {
            return page(0, setUps.load(file == null ? new byte[0] : file.getBytes(), by.getName()), null);
        } catch (RosterFileRefused refused) {
            var page = page(0, null, refused);
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
    }

    @PostMapping(PAGE + "/{partner}/mail")
    String tellAgain(@PathVariable PartnerId partner, Principal by) {
        setUps.tellAgain(partner, by.getName());
        return "redirect:" + PAGE;
    }

    private ModelAndView page(int page, @Nullable ListTaken taken, @Nullable RosterFileRefused refused) {
        var pages = Math.max(1, Math.ceilDiv(setUps.size(), PAGE_SIZE));
        var number = Math.clamp(page, 0, pages - 1);
        var rows = setUps.page(number, PAGE_SIZE);
        var model = new HashMap<String, Object>();
        model.put("setUps", rows);
        model.put(
                "names",
                rows.stream()
                        .map(SetUp::partner)
                        .collect(toMap(one -> one, one -> partners.partner(one).name())));
        model.put("number", number);
        model.put("pages", pages);
        if (taken != null) {
            model.put("taken", taken);
        }
        if (refused != null) {
            model.put("refused", refused);
        }
        return new ModelAndView("onboarding/setUps", model);
    }
}
