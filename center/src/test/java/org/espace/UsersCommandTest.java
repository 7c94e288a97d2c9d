package org.espace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.espace.onboarding.SetUp;
import org.espace.onboarding.SetUps;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** {@code ./espace users load}. */
@RoomTest
class UsersCommandTest {

    @Autowired
    Environment environment;

    @Autowired
    Partners partners;

    @Autowired
    SetUps setUps;

    @TempDir
    Path folder;

    @Test
    void goodRowsAreListedBadOnesAreNamedAndTheSameFileAgainAddsNothing() throws Exception {
        var partner = new PartnerId(partners.newPartnerIds().getAsInt());
        var number = "USERS-" + partner;
        var suffix = UUID.randomUUID() + ".example";
        partners.register(List.of(new Partner(partner, number, "Brisolane", "FR")), List.of());
        var file = Files.writeString(folder.resolve("list.csv"), """
                partner,email,first_name,last_name,role
                %1$s,anna@%2$s,Anna,Roche,global-administrator
                %1$s,bo@%2$s,Bo,Berg,emperor
                """.formatted(number, suffix));

        assertThat(espace("users", "load", file.toString()))
                .contains(number + " Brisolane: 1 new on the list", "the mail goes to anna@" + suffix)
                .contains("row 3, role 'emperor'", "refused rows: 1");
        assertThat(setUps.setUp(partner).state()).isEqualTo(SetUp.State.LIST_SENT);
        assertThat(espace("users", "load", file.toString())).contains("0 new on the list, 1 there before");
        assertThat(espace("users", "load", folder.resolve("none.csv").toString()))
                .contains("There is no file");
    }

    private String espace(String... arguments) throws IOException {
        var process = EspaceProcess.start(environment, folder, arguments);
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }
}
