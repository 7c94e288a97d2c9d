package org.espace.federation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineThrottleTest {

    private final MachineThrottle throttle = new MachineThrottle(3, 2);

    @Test
    void aMachineThatAsksWithoutPauseWaitsAndNoOtherOne() {
        for (var i = 0; i < 3; i++) {
            assertThat(throttle.asks("SCIM token 1")).isEmpty();
        }
        assertThat(throttle.asks("SCIM token 1").orElseThrow()).isPositive();
        assertThat(throttle.asks("SCIM token 2")).isEmpty();
    }

    @Test
    void guessesAreCountedByWhereTheyComeFromAndAHouseholdIsOnePlace() {
        assertThat(throttle.fails("2001:db8::1")).isEmpty();
        assertThat(throttle.fails("2001:db8::2")).isEmpty();
        assertThat(throttle.fails("2001:db8::3").orElseThrow()).isPositive();
        assertThat(throttle.fails("2001:db8:0:1::1")).isEmpty();
    }
}
