package org.espace.notices;

import org.springframework.context.ApplicationContext;

/** Sends what waits, which only a server does by itself. */
public final class PostRound {

    private PostRound() {}

    public static void of(ApplicationContext application) {
        application.getBean(Postman.class).round();
    }
}
