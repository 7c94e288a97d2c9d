package org.espace;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Where the program begins: the command line is read before anything is started. */
@SpringBootApplication
public class Espace {

    public static void main(String[] arguments) {
        System.exit(CommandLines.execute(arguments));
    }
}
