package org.espace.web;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/**
 * What stands in a form when its page is shown: what was typed, and what is wrong with it.
 *
 * @param faults field to code, which {@code fault.…} words; empty when the form is new
 */
public record Form(Map<String, String> typed, Map<String, String> faults) {

    public static final Form EMPTY = new Form(Map.of(), Map.of());

    public static Form holding(Map<String, String> values) {
        return new Form(values, Map.of());
    }

    public static Form refused(Map<String, String> typed, FormRefused refusal) {
        return new Form(typed, refusal.faults());
    }

    public String value(String field) {
        return typed.getOrDefault(field, "");
    }

    public boolean holds(String field, String value) {
        return value.equals(typed.get(field));
    }

    public @Nullable String fault(String field) {
        return faults.get(field);
    }

    /** The page with the form in it, under the name form; answered with 422 when the form was refused. */
    public ModelAndView on(String view, Map<String, ?> model) {
        var whole = new HashMap<String, Object>(model);
        whole.put("form", this);
        var page = new ModelAndView(view, whole);
        if (!faults.isEmpty()) {
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return page;
    }
}
