package org.espace.earnings;

import static org.springframework.http.HttpStatus.CONFLICT;

import java.util.Optional;
import java.util.stream.Stream;
import org.espace.web.Worded;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Someone has cancelled the run before it was finished: it has changed nothing. */
@ResponseStatus(CONFLICT)
public class RunCancelled extends Worded {

    RunCancelled(int run, String by) {
        super("command.run-cancelled", "run", run, "by", by);
    }

    /** The cancellation that a failure comes from, if it comes from one. */
    static Optional<RuntimeException> behind(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(RunCancelled.class::isInstance)
                .map(RuntimeException.class::cast)
                .findFirst();
    }
}
