package org.espace;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Espace {

    public static void main(String[] arguments) {
        SpringApplication.run(Espace.class, arguments);
    }
}
