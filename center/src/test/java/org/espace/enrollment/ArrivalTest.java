package org.espace.enrollment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.espace.Espace;
import org.espace.RoomTest;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.Users;
import org.espace.batch.Progress;
import org.espace.partners.Location;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.sales.LoadOrder;
import org.espace.sales.Sales;
import org.espace.web.Instance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** From the first sale of an indirect reseller in a feed to the invitation in the inbox: a server at work, and a mail server. */
@RoomTest
@DirtiesContext
class ArrivalTest {

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final GreenMail MAIL = new GreenMail(ServerSetupTest.SMTP.dynamicPort());

    @DynamicPropertySource
    static void server(DynamicPropertyRegistry properties) {
        MAIL.start();
        properties.add(
                "espace.smtp.url", () -> "smtp://localhost:" + MAIL.getSmtp().getPort());
        properties.add("espace.smtp.from", () -> "espace@example.com");
        properties.add("db-scheduler.enabled", () -> "true");
    }

    @AfterAll
    static void stop() {
        MAIL.stop();
    }

    @Autowired
    Sales sales;

    @Autowired
    Partners partners;

    @Autowired
    Programs programs;

    @Autowired
    Users users;

    @Autowired
    Memberships memberships;

    @Autowired
    Instance instance;

    @Autowired
    Clock clock;

    @Value("${spring.datasource.url}")
    String url;

    @Value("${spring.datasource.username}")
    String user;

    @Value("${spring.datasource.password}")
    String password;

    @TempDir
    Path folder;

    @Test
    void theFirstSaleBringsTheInvitationWithinTenSecondsOfItsCommit() throws Exception {
        var reader = before("ARR", "arrival");
        sales.load(feed("ARR", "first"), new LoadOrder("espace"), "test", Progress.SILENT);
        arrives(reader, "arrival", Instant.now());
        assertThat(location("ARR").type()).isEqualTo("indirect-reseller");
    }

    @Test
    void alsoWhenACommandBesideTheServerLoadsIt() throws Exception {
        var reader = before("CMD", "by-command");
        var command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Espace.class.getName(),
                        "load",
                        feed("CMD", "first").toString(),
                        "--mapping",
                        "espace")
                .redirectErrorStream(true);
        command.environment().put("ESPACE_HOME", instance.home().toString());
        command.environment().put("ESPACE_LAKE", instance.lake().toString());
        command.environment().put("ESPACE_DB_URL", url + "?user=" + user + "&password=" + password);
        var process = command.start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        var committed = sales.loads(1).getFirst().at();
        arrives(reader, "by-command", committed);
    }

    /** A partner that is known, and somebody there who may enroll it, but no sale yet. */
    private String before(String prefix, String program) throws IOException, InterruptedException {
        var today = LocalDate.now(clock);
        programs.publish("""
                program: %s
                name: {en: The program %s, fr: Le programme %s}
                version: V1
                effective: %d-01-01/%d-01-01
                currency: EUR
                open-to: {partner-types: [indirect-reseller], countries: all}
                requires:
                  - first-sale: true
                split: {rebate: 60%%, co-op: 40%%}
                levers:
                  - id: core
                    name: {en: Core, fr: Socle}
                    of: all
                    rate: 10%%
                """.formatted(program, program, program, today.getYear(), today.getYear() + 2), "test");
        write(prefix, "partners.csv", """
                partner,partner_name,partner_country,location,location_name,location_country,type
                X-P,Maison X,FR,X-1,Maison X Reims,FR,indirect-reseller
                X-P,Maison X,FR,X-2,Maison X Lyon,FR,indirect-reseller
                """);
        write(prefix, "products.csv", "product,name,family,solution_area\nX-SUITE,Suite,suite,modern-work\n");
        sales.load(sold(prefix, "other", prefix + "-2"), new LoadOrder("espace"), "test", Progress.SILENT);
        var partner = location(prefix).partner();
        var reader = program + "@example.com";
        users.create(partner, reader, "Reader", List.of(Grant.at(partner, Role.INCENTIVES_ADMINISTRATOR)), "test");
        Thread.sleep(Duration.ofSeconds(3));
        assertThat(invitation(reader, prefix + "-1"))
                .as("no invitation before the first sale")
                .isEmpty();
        return reader;
    }

    private void arrives(String reader, String program, Instant committed) throws Exception {
        var number = program.equals("arrival") ? "ARR-1" : "CMD-1";
        while (invitation(reader, number).isEmpty() && Instant.now().isBefore(committed.plus(LONGEST))) {
            Thread.sleep(20);
        }
        var took = Duration.between(committed, Instant.now());
        var mail = invitation(reader, number);
        assertThat(mail).as("within %s of the commit", LONGEST).isPresent();
        System.out.printf("invitation: %s, in the inbox %d ms after the sale was kept%n", program, took.toMillis());
        assertThat(mail.get().getSubject()).contains("Partner Incentive Enrollment Invitation: The program " + program);
        var location = location(number.substring(0, 3));
        assertThat(memberships
                        .candidate(location.partner(), location.id(), program)
                        .stage())
                .isEqualTo(Stage.INVITED);
    }

    private static Optional<MimeMessage> invitation(String reader, String number) {
        return Arrays.stream(MAIL.getReceivedMessages())
                .filter(message -> isFor(message, reader, number))
                .findFirst();
    }

    private static boolean isFor(MimeMessage message, String reader, String number) {
        try {
            return message.getAllRecipients()[0].toString().equals(reader)
                    && GreenMailUtil.getBody(message).contains(number);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Location location(String prefix) {
        return partners.findLocation(prefix + "-1").orElseThrow();
    }

    private Path feed(String prefix, String name) throws IOException {
        return sold(prefix, name, prefix + "-1");
    }

    private Path sold(String prefix, String name, String location) throws IOException {
        return write(prefix, name + ".csv", """
                line_id,location,day,customer,customer_name,customer_country,customer_segment,product,quantity,amount,currency,status
                X-%s,%s,%s,X-C,Customer,FR,,X-SUITE,1,100.00,EUR,
                """.formatted(
                        name, location, LocalDate.now(clock).minusDays(1)));
    }

    private Path write(String prefix, String file, String text) throws IOException {
        return Files.writeString(folder.resolve(file), text.replace("X-", prefix + "-"));
    }
}
