package org.espace.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.val;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.espace.EspaceProcess;
import org.espace.RoomTest;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Instance;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** A server that is killed while it creates users leaves the rest to the next one, and nothing is done twice. */
@RoomTest
class KilledRosterTest {

    private static final int ROWS = 9_000;

    @Autowired
    Rosters rosters;

    @Autowired
    RosterStore store;

    @Autowired
    Partners partners;

    @Autowired
    Instance instance;

    @Autowired
    Environment environment;

    @Autowired
    DSLContext sql;

    private final String suffix = UUID.randomUUID() + ".example";

    @Test
    void everyUserIsCreatedOnceAndGetsOneMail() throws Exception {
        var partner = new PartnerId(partners.newPartnerIds().getAsInt());
        partners.register(List.of(new Partner(partner, "KILLED-" + partner, "Brisolane", "FR")), List.of());
        var rows = new StringBuilder("email,first_name,last_name,roles,location,program,language\n");
        for (var i = 0; i < ROWS; i++) {
            rows.append("u" + i + "@" + suffix + ",U," + i + ",incentives-user,,,\n");
        }
        var by = new SignedIn(
                new UserId(1),
                "root@" + suffix,
                "Root",
                null,
                partner.value(),
                null,
                List.of(Grant.at(partner, Role.GLOBAL_ADMINISTRATOR)));
        var roster = rosters.validate(partner, "list.csv", rows.toString().getBytes(UTF_8), by);
        store.save(roster.id(), Handing.MAIL, "test", Instant.now());

        var server = EspaceProcess.start(environment, instance.home(), "serve", "--port", "0");
        try {
            var limit = Instant.now().plus(Duration.ofMinutes(3));
            while (users() == 0 && Instant.now().isBefore(limit)) {
                Thread.sleep(5);
            }
        } finally {
            server.destroyForcibly().waitFor();
        }
        assertThat(users()).as("created before the kill").isBetween(1, ROWS);
        assertThat(rosters.roster(partner, roster.id()).isFinished()).isFalse();

        while (!rosters.roster(partner, roster.id()).isFinished()) {
            rosters.finishAll();
        }
        assertThat(users()).isEqualTo(ROWS);
        assertThat(count("select count(*), count(distinct recipient) from notices.mail where recipient like {0}", 0))
                .isEqualTo(ROWS);
        assertThat(count("select count(*), count(distinct recipient) from notices.mail where recipient like {0}", 1))
                .isEqualTo(ROWS);
    }

    private int users() {
        return count("select count(*) from access.user_account where email like {0}", 0);
    }

    private int count(String query, int column) {
        return sql.fetchSingle(query, val("u%@" + suffix)).get(column, int.class);
    }
}
