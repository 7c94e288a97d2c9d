package org.espace.e2e;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

/** The authenticator of a laptop that Chromium pretends to have; whoever is asked for a finger gives it. */
final class VirtualKey {

    private final CDPSession browser;
    private final String id;

    private VirtualKey(CDPSession browser, String id) {
        this.browser = browser;
        this.id = id;
    }

    static VirtualKey of(Page page) {
        var browser = page.context().newCDPSession(page);
        browser.send("WebAuthn.enable");
        var options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        var wanted = new JsonObject();
        wanted.add("options", options);
        var made = browser.send("WebAuthn.addVirtualAuthenticator", wanted);
        return new VirtualKey(browser, made.get("authenticatorId").getAsString());
    }

    /** From now on it is somebody else's finger. */
    void belongsToSomebodyElse() {
        var wanted = named();
        wanted.addProperty("isUserVerified", false);
        browser.send("WebAuthn.setUserVerified", wanted);
    }

    int passkeys() {
        return browser.send("WebAuthn.getCredentials", named())
                .getAsJsonArray("credentials")
                .size();
    }

    private JsonObject named() {
        var named = new JsonObject();
        named.addProperty("authenticatorId", id);
        return named;
    }
}
