package org.espace.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.espace.Espace;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.TemporaryPassword;
import org.espace.access.Users;
import org.espace.batch.Progress;
import org.espace.demo.Demo;
import org.espace.notices.PostRound;
import org.espace.partners.Partners;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** The demo, served once for all browser tests, and a Chromium to look at it with. */
final class Running {

    static final String USER = "incentives.user@example.com";
    static final String ADMINISTRATOR = "incentives.admin@example.com";
    static final String OPERATOR = "operator@example.com";

    /** Of a partner that is not set up. */
    static final String NEWCOMER = "setup.admin@example.com";

    private static final Path HOME = Path.of("target/e2e-home").toAbsolutePath();
    private static final List<Path> CHROMIUM = Stream.of(
                    "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
            .map(Path::of)
            .toList();
    private static final String PASSWORD = "tidal-otter-lamp-94";

    private static Running running;

    private final ConfigurableApplicationContext application;
    private final Path chromium;
    private final String url;
    /** One for each thread of the tests: the library's objects belong to the thread that made them. */
    private final ThreadLocal<Browser> browser = ThreadLocal.withInitial(this::launch);

    private final Map<String, String> passwords = new HashMap<>();

    /** Where our mail goes. */
    private final GreenMail post;

    /** What the browser had to say: violated policies, missing files, failed scripts. */
    final List<String> console = new CopyOnWriteArrayList<>();

    private Running(ConfigurableApplicationContext application, Path chromium, GreenMail post) {
        this.application = application;
        this.chromium = chromium;
        this.post = post;
        url = "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
    }

    /** Skips the test where there is no browser. */
    static synchronized Running espace() {
        var chromium = CHROMIUM.stream().filter(Files::isExecutable).findFirst();
        assumeTrue(chromium.isPresent(), "skipped: no Chromium on this machine (looked for " + CHROMIUM + ")");
        if (running == null) {
            running = start(chromium.get());
        }
        return running;
    }

    private static Running start(Path chromium) {
        try {
            FileSystemUtils.deleteRecursively(HOME);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        setDefaultAssertionTimeout(20_000);
        var post = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
        post.start();
        var application = new SpringApplicationBuilder(Espace.class)
                .run(
                        "--server.port=" + freePort(),
                        "--espace.home=" + HOME,
                        "--espace.smtp.url=smtp://localhost:" + post.getSmtp().getPort(),
                        "--espace.smtp.from=espace@example.com",
                        "--espace.sign-in.attempts-per-minute=1000",
                        "--espace.providers.private-addresses=true");
        var started = new Running(application, chromium, post);
        application
                .getBean(Demo.class)
                .prepare(Progress.SILENT)
                .forEach(account -> started.passwords.put(account.email(), account.temporaryPassword()));
        return started;
    }

    private Browser launch() {
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        SpringApplication.getShutdownHandlers().add(playwright::close);
        return playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(chromium).setArgs(List.of("--no-sandbox")));
    }

    /** Chosen before the start, since pages and mails name it. */
    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    <T> T room(Class<T> door) {
        return application.getBean(door);
    }

    String url() {
        return url;
    }

    /** A browser of its own, with nothing remembered. */
    Page visit(Guise guise) {
        return visit(guise, true);
    }

    Page visit(Guise guise, boolean scripts) {
        BrowserContext context = browser.get()
                .newContext(new Browser.NewContextOptions()
                        .setBaseURL(url)
                        .setJavaScriptEnabled(scripts)
                        .setLocale(guise.language())
                        .setColorScheme(guise.dark() ? ColorScheme.DARK : ColorScheme.LIGHT)
                        .setViewportSize(guise.width(), guise.height()));
        var page = context.newPage();
        page.setDefaultTimeout(30_000);
        page.onConsoleMessage(message -> console.add(page.url() + " " + message.type() + ": " + message.text()));
        page.onPageError(error -> console.add(page.url() + " error: " + error));
        return page;
    }

    /** So that somebody whom a test has created can sign in below. */
    void know(TemporaryPassword password) {
        passwords.put(password.email(), password.password());
    }

    /** Somebody new at the demo's first partner, with a password of their own. */
    String newcomer(String name, Role role) {
        var email = name + "@example.com";
        var partner = room(Partners.class).all().getFirst().id();
        room(Users.class).create(partner, email, "Camille Moreau", List.of(Grant.at(partner, role)), "test");
        room(Users.class).choosePassword(email, PASSWORD);
        passwords.put(email, PASSWORD);
        return email;
    }

    /** The latest mail to somebody, as plain text. */
    String mailTo(String email) {
        PostRound.of(application);
        return Stream.of(post.getReceivedMessages())
                .filter(message -> isTo(message, email))
                .map(Running::text)
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    private static boolean isTo(Message message, String email) {
        try {
            return message.getAllRecipients()[0].toString().equals(email);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Part part) {
        try {
            return part.getContent() instanceof Multipart parts
                    ? text(parts.getBodyPart(0))
                    : (String) part.getContent();
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives address and password on the page that asks for them, whatever comes next. */
    void giveIn(Page page, String email) {
        fillIn(page, email, passwords.get(email));
    }

    /** Signs in, and chooses a password where the temporary one still stands. */
    synchronized void signIn(Page page, String email) {
        page.navigate("/login");
        fillIn(page, email, passwords.get(email));
        if (page.url().endsWith("/password")) {
            page.locator("#password").fill(PASSWORD);
            page.locator("#repeated").fill(PASSWORD);
            page.locator("main form button").click();
            passwords.put(email, PASSWORD);
        }
        assertThat(page.url()).doesNotContain("/password", "/login");
    }

    static void fillIn(Page page, String email, String password) {
        page.locator("#email").fill(email);
        page.locator("#password").fill(password);
        page.locator("main form:has(#password) button").first().click();
    }

    static Locator heading(Page page) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    /** How somebody looks at a page. */
    record Guise(String language, boolean dark, int width, int height) {

        static final Guise DESK = new Guise("en", false, 1440, 900);
        static final Guise BUREAU = new Guise("fr", false, 1440, 900);

        @Override
        public String toString() {
            return language + "-" + (dark ? "dark" : "light") + "-" + width;
        }
    }
}
