package org.espace.earnings;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.espace.batch.Progress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Carries out simulations behind the page that has asked for them, one at a time in this process. */
@Component
class SimulationsAtWork {

    private static final Logger LOG = LoggerFactory.getLogger(SimulationsAtWork.class);

    private final Simulations simulations;
    private final AtomicReference<@Nullable SimulationAtWork> latest = new AtomicReference<>();

    SimulationsAtWork(Simulations simulations) {
        this.simulations = simulations;
    }

    /**
     * Begins, unless one is at work: then that one goes on, and nothing else happens.
     *
     * @throws org.espace.terms.TermsInvalid when the draft is no valid terms
     * @throws NobodyToSimulate when it counts for no day or for nobody
     */
    void begin(SimulationOrder order, String by) {
        simulations.check(order);
        var before = latest.get();
        var begun = new SimulationAtWork(by, SimulationAtWork.State.AT_WORK, null);
        if ((before == null || before.state() != SimulationAtWork.State.AT_WORK)
                && latest.compareAndSet(before, begun)) {
            Thread.ofPlatform().daemon().name("simulation").start(() -> latest.set(ended(order, by)));
        }
    }

    private SimulationAtWork ended(SimulationOrder order, String by) {
        try {
            var simulation = simulations.simulate(order, by, Progress.SILENT);
            return new SimulationAtWork(by, SimulationAtWork.State.DONE, simulation.id());
        } catch (RunCancelled e) {
            LOG.info(e.getMessage());
            return new SimulationAtWork(by, SimulationAtWork.State.CANCELLED, null);
        } catch (RuntimeException e) {
            LOG.error("a simulation stopped", e);
            return new SimulationAtWork(by, SimulationAtWork.State.FAILED, null);
        }
    }

    Optional<SimulationAtWork> latest() {
        return Optional.ofNullable(latest.get());
    }
}
