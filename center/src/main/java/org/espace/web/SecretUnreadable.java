package org.espace.web;

/** A sealed value does not open: it was sealed for another purpose, has been changed, or its key is gone. */
public class SecretUnreadable extends RuntimeException {

    private static final long serialVersionUID = 1;

    SecretUnreadable(String why) {
        super(why);
    }
}
