package org.espace.federation;

import io.github.bucket4j.Bucket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Slows down a machine that asks without pause, and whoever tries credentials that are none. */
@Component
public class MachineThrottle {

    private static final int REMEMBERED = 50_000;

    private final Map<String, Bucket> machines = remembered();
    private final Map<String, Bucket> strangers = remembered();
    private final int requests;
    private final int failures;

    /**
     * @param requests of one machine in a minute, by each process
     * @param failures from one address in a minute, by each process
     */
    MachineThrottle(
            @Value("${espace.machines.requests-per-minute:1200}") int requests,
            @Value("${espace.machines.failures-per-minute:60}") int failures) {
        this.requests = requests;
        this.failures = failures;
    }

    /** How long the machine has to wait; empty when it may go on. */
    Optional<Duration> asks(String machine) {
        return take(bucket(machines, machine, requests));
    }

    /** How long whoever shows a wrong credential has to wait; empty when it is only refused. */
    public Optional<Duration> fails(String address) {
        return take(bucket(strangers, source(address), failures));
    }

    private static Optional<Duration> take(Bucket bucket) {
        var taken = bucket.tryConsumeAndReturnRemaining(1);
        return taken.isConsumed()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(taken.getNanosToWaitForRefill()).plusSeconds(1));
    }

    private static Bucket bucket(Map<String, Bucket> buckets, String whose, int perMinute) {
        return buckets.computeIfAbsent(
                whose,
                unseen -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                        .build());
    }

    private static Map<String, Bucket> remembered() {
        return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                return size() > REMEMBERED;
            }
        });
    }

    /** One household holds 2⁶⁴ addresses of IPv6. */
    private static String source(String address) {
        return InetAddress.ofLiteral(address) instanceof Inet6Address six
                ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), 8))
                : address;
    }
}
