package org.espace.demo;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Seeded draws, in whole numbers only. */
final class Chances {

    private Chances() {}

    /** An index, each as likely as its weight. */
    static int pick(int[] weights, SplittableRandom chance) {
        var left = chance.nextInt(IntStream.of(weights).sum());
        for (var index = 0; ; index++) {
            left -= weights[index];
            if (left < 0) {
                return index;
            }
        }
    }

    static boolean oneIn(int many, SplittableRandom chance) {
        return chance.nextInt(many) == 0;
    }
}
