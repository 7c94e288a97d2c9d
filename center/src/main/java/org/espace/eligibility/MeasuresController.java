package org.espace.eligibility;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** Numbers about locations, brought as a list. */
@Controller
@Needs(Right.DECIDE_ENROLLMENTS)
class MeasuresController {

    private static final String PAGE = "/console/measures";

    private final Measures measures;
    private final MeasuresFile files;

    MeasuresController(Measures measures, MeasuresFile files) {
        this.measures = measures;
        this.files = files;
    }

    @GetMapping(PAGE)
    ModelAndView form(@RequestParam(required = false) @Nullable Integer kept) {
        var page = page("", List.of());
        if (kept != null) {
            page.addObject("kept", kept);
        }
        return page;
    }

    /** A list with a fault is not taken at all. */
    @PostMapping(PAGE)
    ModelAndView register(
            @RequestParam(defaultValue = "") String text,
            @RequestParam(required = false) @Nullable MultipartFile file,
            Principal user)
            throws IOException {
        var given = file == null || file.isEmpty() ? text : new String(file.getBytes(), UTF_8);
        var read = files.read(given);
        if (!read.faults().isEmpty()) {
            var page = page(given, read.faults());
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
        return new ModelAndView("redirect:" + PAGE + "?kept=" + measures.register(read.measures(), user.getName()));
    }

    private static ModelAndView page(String text, List<MeasureFault> faults) {
        return new ModelAndView("eligibility/measures", Map.of("text", text, "faults", faults));
    }
}
