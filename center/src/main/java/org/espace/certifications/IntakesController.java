package org.espace.certifications;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.espace.access.EmailAddress;
import org.espace.access.Provisioning;
import org.espace.access.RosterFileRefused;
import org.espace.web.Form;
import org.espace.web.FormRefused;
import org.espace.web.Messages;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.espace.web.SpreadsheetCsv;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** What providers tell, as files: checked first, then saved; and what is corrected by hand. */
@Controller
@Needs(Right.MANAGE_CATALOGUE)
class IntakesController {

    private static final String ALL = "/console/results";
    private static final String ONE = ALL + "/{file}";
    private static final String LEARNERS = "/console/learners";
    private static final int SHOWN = 100;

    private final Intakes intakes;
    private final Learners learners;
    private final Provisioning people;

    IntakesController(Intakes intakes, Learners learners, Provisioning people) {
        this.intakes = intakes;
        this.learners = learners;
        this.people = people;
    }

    @GetMapping(ALL)
    ModelAndView all() {
        return all(null);
    }

    @PostMapping(ALL)
    ModelAndView validate(
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(defaultValue = "results") String kind,
            Principal user)
            throws IOException {
        try {
            var bytes = file == null ? new byte[0] : file.getBytes();
            var read = kind.equals("measures") ? Intake.Kind.MEASURES : Intake.Kind.RESULTS;
            return redirect(intakes.validate(read, name(file), bytes, user.getName()));
        } catch (RosterFileRefused refused) {
            var page = all(refused);
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
    }

    private ModelAndView all(@Nullable RosterFileRefused refused) {
        var model = new HashMap<String, Object>();
        model.put("intakes", intakes.all());
        if (refused != null) {
            model.put("refused", refused);
        }
        return new ModelAndView("certifications/intakes", model);
    }

    @GetMapping(ONE)
    ModelAndView one(@PathVariable int file) {
        var intake = intakes.intake(file);
        return new ModelAndView(
                "certifications/intake",
                Map.of(
                        "intake",
                        intake,
                        "faults",
                        intakes.faults(intake).stream().limit(SHOWN).toList()));
    }

    @PostMapping(ONE + "/saving")
    ModelAndView save(@PathVariable int file, Principal user) {
        intakes.save(file, user.getName());
        return redirect(intakes.intake(file));
    }

    /** What is wrong, row by row, to be corrected and sent again. */
    @GetMapping(ONE + "/faults.csv")
    void faults(@PathVariable int file, Locale locale, HttpServletResponse response) throws IOException {
        var intake = intakes.intake(file);
        var words = Messages.in(locale);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("faults-" + intake.id() + ".csv", StandardCharsets.UTF_8)
                        .build()
                        .toString());
        var csv = new SpreadsheetCsv(response.getOutputStream());
        csv.write(
                words.text("roster.row"),
                words.text("roster.column"),
                words.text("roster.value"),
                words.text("roster.code"),
                words.text("roster.fault"));
        for (var fault : intakes.faults(intake)) {
            csv.write(
                    Integer.toString(fault.number()),
                    fault.field(),
                    fault.value(),
                    fault.code().name(),
                    words.text("intake.fault." + fault.code()));
        }
        csv.flush();
    }

    /** One person by the address of their account, with what they have passed. */
    @GetMapping(LEARNERS)
    ModelAndView learners(@RequestParam(defaultValue = "") String email) {
        return learners(email, Form.holding(Map.of("email", email)));
    }

    private ModelAndView learners(String email, Form form) {
        var model = new HashMap<String, Object>();
        model.put("asked", email);
        member(email).ifPresent(member -> {
            model.put("member", member);
            learners.find(member.person().id()).ifPresent(learner -> {
                model.put("learner", learner);
                model.put("results", learners.results(learner));
            });
        });
        model.put("today", learners.today());
        return form.on("certifications/learners", model);
    }

    private Optional<Provisioning.Member> member(String email) {
        return EmailAddress.find(email)
                .flatMap(address ->
                        people.members(List.of(address.value())).stream().findFirst());
    }

    @PostMapping(LEARNERS + "/moves")
    ModelAndView move(@RequestParam Map<String, String> typed, Principal user) {
        try {
            learners.move(typed, user.getName());
            return new ModelAndView("redirect:" + LEARNERS);
        } catch (FormRefused refused) {
            return learners("", Form.refused(typed, refused));
        }
    }

    @GetMapping(LEARNERS + "/results/{result}")
    ModelAndView withdrawal(@PathVariable int result) {
        return withdrawal(result, Form.EMPTY);
    }

    @PostMapping(LEARNERS + "/results/{result}/withdrawal")
    ModelAndView withdraw(@PathVariable int result, @RequestParam Map<String, String> typed, Principal user) {
        try {
            learners.withdraw(result, typed, user.getName());
            return new ModelAndView("redirect:" + LEARNERS);
        } catch (FormRefused refused) {
            return withdrawal(result, Form.refused(typed, refused));
        }
    }

    private ModelAndView withdrawal(int id, Form form) {
        var result = learners.result(id).orElseThrow(() -> new CertificationNotFound("result " + id));
        return form.on("certifications/withdrawal", Map.of("result", result));
    }

    private static ModelAndView redirect(Intake intake) {
        return new ModelAndView("redirect:" + ALL + "/" + intake.id());
    }

    /** Shown, never opened: without a path before it and of a length that fits. */
    private static String name(@Nullable MultipartFile file) {
        var given = file == null || file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
        var name = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1)
                .replaceAll("\\p{Cntrl}", "")
                .strip();
        return name.isEmpty() ? "results.csv" : name.substring(0, Math.min(name.length(), 200));
    }
}
